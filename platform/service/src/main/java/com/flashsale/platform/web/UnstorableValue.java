package com.flashsale.platform.web;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's refusals of a value for what it is: text with NUL, a number or a time out of range, too long. */
final class UnstorableValue {

    /**
     * string too long, number out of range, time format, time out of range, time zone, not in the encoding,
     * untranslatable character
     */
    private static final Set<String> STATES = Set.of("22001", "22003", "22007", "22008", "22009", "22021", "22P05");

    private UnstorableValue() {}

    static boolean isCauseOf(@Nullable Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && STATES.contains(String.valueOf(sql.getSQLState()))) return true;
        }
        return false;
    }
}
