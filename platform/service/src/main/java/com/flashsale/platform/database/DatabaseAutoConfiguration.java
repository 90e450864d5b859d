package com.flashsale.platform.database;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/**
 * Gives each failure that Spring leaves uncategorized its kind: the database's. Uncategorized, it would look like the
 * fault of the work at hand: a message would be set aside, a request answered 500 instead of 503.
 */
@AutoConfiguration
@ConditionalOnClass(SQLExceptionTranslator.class)
public class DatabaseAutoConfiguration {

    /** {@code lock_timeout} */
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /**
     * Transaction state (read-only among them), object state, missing database, external, configuration and internal
     * errors.
     */
    private static final List<String> UNKNOWN_TO_SPRING =
            List.of("25", "2D", "34", "39", "3B", "3D", "55", "F0", "HV", "XX", "28", "38");

    @Bean
    static SQLExceptionTranslator sqlExceptionTranslator() {
        var translator = new SQLExceptionSubclassTranslator();
        translator.setCustomTranslator(DatabaseAutoConfiguration::translate);
        return translator;
    }

    private static @Nullable DataAccessException translate(String task, @Nullable String sql, SQLException failure) {
        var state = failure.getSQLState();
        if (state == null) return null;
        var message = task + ": " + failure.getMessage();
        if (state.equals(LOCK_NOT_AVAILABLE)) return new CannotAcquireLockException(message, failure);
        if (state.equals(DatabaseFailures.AFTER_AN_ERROR)) return null;
        return UNKNOWN_TO_SPRING.stream().anyMatch(state::startsWith)
                ? new DataAccessResourceFailureException(message, failure)
                : null;
    }
}
