package com.flashsale.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code --name=value}, {@code --flag} and the rest. The launcher has checked the names. */
record Options(Map<String, String> named, List<String> rest) {

    static Options of(List<String> arguments) {
        var named = new TreeMap<String, String>();
        var rest = new ArrayList<String>();
        for (var argument : arguments) {
            if (!argument.startsWith("--")) {
                rest.add(argument);
                continue;
            }
            int equals = argument.indexOf('=');
            named.put(
                    argument.substring(2, equals < 0 ? argument.length() : equals),
                    equals < 0 ? "true" : argument.substring(equals + 1));
        }
        return new Options(named, List.copyOf(rest));
    }

    boolean has(String name) {
        return named.containsKey(name);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(named.get(name));
    }

    double number(String name, double otherwise) {
        try {
            return text(name).map(Double::parseDouble).orElse(otherwise);
        } catch (NumberFormatException noNumber) {
            throw new IllegalArgumentException("--" + name + " must be a number: " + named.get(name), noNumber);
        }
    }

    /** {@code 90}, {@code 90s}, {@code 5m} or {@code 1h}. */
    Duration time(String name, Duration otherwise) {
        return text(name).map(text -> time(name, text)).orElse(otherwise);
    }

    private static Duration time(String name, String text) {
        if (!text.matches("\\d{1,9}[smh]?")) {
            throw new IllegalArgumentException("--" + name + " must be a time such as 90s, 5m or 1h: " + text);
        }
        char unit = text.charAt(text.length() - 1);
        long count = Long.parseLong(Character.isDigit(unit) ? text : text.substring(0, text.length() - 1));
        return switch (unit) {
            case 'm' -> Duration.ofMinutes(count);
            case 'h' -> Duration.ofHours(count);
            default -> Duration.ofSeconds(count);
        };
    }
}
