package com.flashsale.platform.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Lets one replica at a time do work that includes more than the database. It takes a session lock, since no
 * transaction may stay open around a remote call.
 */
public final class SessionLocks {

    private final DataSource dataSource;

    public SessionLocks(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Runs the task unless another session holds the lock; the lock of a process that dies ends with its connection.
     */
    public boolean runExclusively(UUID lock, Runnable task) {
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(true);
            if (!call(connection, "select pg_try_advisory_lock(?)", lock)) return false;
            try {
                task.run();
                return true;
            } finally {
                call(connection, "select pg_advisory_unlock(?)", lock);
            }
        } catch (SQLException failure) {
            throw new DataAccessResourceFailureException("session lock " + lock, failure);
        }
    }

    private static boolean call(Connection connection, String sql, UUID lock) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setLong(1, lock.getMostSignificantBits() ^ lock.getLeastSignificantBits());
            try (var result = statement.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }
}
