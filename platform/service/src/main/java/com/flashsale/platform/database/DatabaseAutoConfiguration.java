package com.flashsale.platform.database;

import java.sql.SQLException;
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
 * Two of our own timeouts that Spring does not know by PostgreSQL's codes. Left uncategorized, they would look like the fault of whatever
 * was being done: a message that had to wait for a lock would be set aside, a request answered 500 instead of 503.
 */
@AutoConfiguration
@ConditionalOnClass(SQLExceptionTranslator.class)
public class DatabaseAutoConfiguration {

    /** {@code lock_timeout} */
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /** {@code idle_in_transaction_session_timeout}: the process stood still, and its connection is gone */
    private static final String IDLE_IN_TRANSACTION = "25P03";

    @Bean
    static SQLExceptionTranslator sqlExceptionTranslator() {
        var translator = new SQLExceptionSubclassTranslator();
        translator.setCustomTranslator(DatabaseAutoConfiguration::timeout);
        return translator;
    }

    private static @Nullable DataAccessException timeout(String task, @Nullable String sql, SQLException failure) {
        var message = task + ": " + failure.getMessage();
        return switch (failure.getSQLState()) {
            case LOCK_NOT_AVAILABLE -> new CannotAcquireLockException(message, failure);
            case IDLE_IN_TRANSACTION -> new DataAccessResourceFailureException(message, failure);
            case null, default -> null;
        };
    }
}
