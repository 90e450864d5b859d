package com.flashsale.reports;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The value of an option that is a time: {@code 90}, {@code 90s}, {@code 5m} or {@code 1h}. */
public final class TimeOption implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String text) {
        if (!text.matches("\\d{1,9}[smh]?")) {
            throw new TypeConversionException("must be a time such as 90s, 5m or 1h: " + text);
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
