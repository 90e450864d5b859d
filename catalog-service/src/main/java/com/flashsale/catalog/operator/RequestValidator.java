package com.flashsale.catalog.operator;

import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemTypes;
import com.flashsale.platform.web.FieldProblem;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects all errors of a request, so that its sender learns them at once. A placeholder replaces a refused value; no
 * code uses it, because {@link #complete()} throws.
 */
public final class RequestValidator {

    private static final String REQUIRED = "is required";

    private final List<FieldProblem> errors = new ArrayList<>();

    public void refuse(String field, String message) {
        errors.add(new FieldProblem(field, message));
    }

    public <T> T required(String field, @Nullable T value, T standIn) {
        if (value != null) return value;
        refuse(field, REQUIRED);
        return standIn;
    }

    /**
     * Stripped text. Control characters and unpaired surrogates are refused, since no display or database can hold
     * them; line breaks and tabs are allowed.
     */
    public String text(String field, @Nullable String value, int longest) {
        if (value == null || value.isBlank()) {
            refuse(field, REQUIRED);
            return "";
        }
        if (value.length() > longest) refuse(field, "must have at most %,d characters".formatted(longest));
        if (value.codePoints().anyMatch(RequestValidator::unprintable))
            refuse(field, "must not contain control characters");
        return value.strip();
    }

    private static boolean unprintable(int character) {
        return Character.getType(character) == Character.SURROGATE
                || (Character.isISOControl(character) && "\n\r\t".indexOf(character) < 0);
    }

    public int whole(String field, @Nullable Integer value, int least, int most) {
        if (value == null) {
            refuse(field, REQUIRED);
        } else if (value < least || value > most) {
            refuse(field, "must be between %,d and %,d".formatted(least, most));
        } else {
            return value;
        }
        return least;
    }

    /** A duration from one second to one day, in whole milliseconds: a flash sale needs no other waits. */
    public Duration duration(String field, @Nullable String value, Duration ifAbsent) {
        if (value == null) return ifAbsent;
        try {
            var duration = Duration.parse(value).truncatedTo(ChronoUnit.MILLIS);
            if (duration.compareTo(Duration.ofSeconds(1)) >= 0 && duration.compareTo(Duration.ofDays(1)) <= 0) {
                return duration;
            }
            refuse(field, "must be between PT1S and PT24H");
        } catch (DateTimeException notADuration) {
            refuse(field, "must be an ISO 8601 duration such as PT2M");
        }
        return ifAbsent;
    }

    /** A time in microseconds, the precision of the database, so that a later read equals the first response. */
    public Instant instant(String field, @Nullable String value) {
        if (value == null) {
            refuse(field, REQUIRED);
            return Instant.EPOCH;
        }
        try {
            return OffsetDateTime.parse(value).toInstant().truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeException notAnInstant) {
            refuse(field, "must be an RFC 3339 time such as 2026-11-27T12:00:00Z");
            return Instant.EPOCH;
        }
    }

    public boolean passed(String field) {
        return errors.stream().noneMatch(error -> error.field().equals(field));
    }

    /** Ends the request if anything was refused. */
    public void complete() {
        if (!errors.isEmpty()) throw problem();
    }

    /** A problem that lists all refused fields; its detail names the first one. */
    public ProblemException problem() {
        var first = errors.getFirst();
        return new ProblemException(ProblemTypes.INVALID_REQUEST, first.field() + " " + first.message() + ".")
                .with("errors", List.copyOf(errors));
    }
}
