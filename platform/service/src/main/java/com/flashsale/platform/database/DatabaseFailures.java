package com.flashsale.platform.database;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.dao.UncategorizedDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/**
 * Tells a fault of the database from a fault of what it was asked to store. The second is a short list (SQLSTATE,
 * PostgreSQL appendix A): values that do not fit, broken constraints, errors raised by triggers. Everything else, known
 * or not, is the database's state: it is away, read-only, failing over, full, misconfigured or behind with its
 * migrations. That passes, and nothing may be given up for it.
 */
public final class DatabaseFailures {

    /** cardinality, data exception, integrity constraint, raised by a function, check option */
    private static final Set<String> OF_THE_DATA = Set.of("21", "22", "23", "P0", "44");

    /** A statement after a failed one: says nothing about why that one failed. */
    static final String AFTER_AN_ERROR = "25P02";

    private static final int CLASS = 2;

    private DatabaseFailures() {}

    /** Whether the same work can succeed later, once the database is as it should be. */
    public static boolean isInfrastructure(@Nullable Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null)
                return isInfrastructure(sql.getSQLState());
        }
        return switch (failure) {
            case null -> false;
            case TransientDataAccessException _,
                    RecoverableDataAccessException _,
                    DataAccessResourceFailureException _,
                    UncategorizedDataAccessException _,
                    CannotCreateTransactionException _,
                    TransactionSystemException _ -> true;
            default -> false;
        };
    }

    /**
     * Whether a request may be tried again in a moment: too much at once, no connection, a database that is coming
     * back. A statement that the database refuses for what it is (missing table or right) is a fault of the service.
     */
    public static boolean isUnavailable(Throwable failure) {
        return isInfrastructure(failure) && !(failure instanceof InvalidDataAccessResourceUsageException);
    }

    private static boolean isInfrastructure(String sqlState) {
        if (sqlState.equals(AFTER_AN_ERROR)) return false;
        return sqlState.length() < CLASS || !OF_THE_DATA.contains(sqlState.substring(0, CLASS));
    }
}
