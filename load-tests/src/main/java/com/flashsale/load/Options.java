package com.flashsale.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The options of a command: {@code --name=value} or {@code --name value}, {@code --flag}, {@code --set name=value}, and
 * the remaining words. An unknown name is refused here, because in a container no other program has checked the names
 * before.
 */
record Options(Map<String, String> named, List<String> rest) {

    private static final Set<String> FLAGS = Set.of("quick", "no-warm-up");
    private static final Set<String> NAMES = Set.of(
            "only",
            "rate",
            "times",
            "for",
            "visitors",
            "log",
            "speed",
            "start",
            "hold",
            "runs",
            "precision",
            "users",
            "arrive",
            "units",
            "headroom");
    private static final String MORE = "set";

    static Options of(List<String> arguments) {
        var named = new TreeMap<String, String>();
        var rest = new ArrayList<String>();
        for (var left = arguments.iterator(); left.hasNext(); ) {
            var argument = left.next();
            if (argument.startsWith("--")) add(named, argument.substring(2), left);
            else rest.add(argument);
        }
        return new Options(named, List.copyOf(rest));
    }

    private static void add(Map<String, String> named, String option, Iterator<String> left) {
        int equals = option.indexOf('=');
        var name = equals < 0 ? option : option.substring(0, equals);
        if (FLAGS.contains(name)) {
            named.put(name, "true");
            return;
        }
        if (!NAMES.contains(name) && !name.equals(MORE)) {
            throw new IllegalArgumentException("Unknown option: --" + name);
        }
        if (equals < 0 && !left.hasNext()) throw new IllegalArgumentException("--" + name + " needs a value");
        var value = equals < 0 ? left.next() : option.substring(equals + 1);
        if (name.equals(MORE)) add(named, value, left);
        else named.put(name, value);
    }

    boolean has(String name) {
        return named.containsKey(name);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(named.get(name));
    }

    Path path(int index) {
        if (rest.size() <= index) throw new IllegalArgumentException("a result's directory is missing");
        return Path.of(rest.get(index));
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
