package com.flashsale.platform.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** The settings of a relay's session, until it gives its connection back to the pool. */
final class RelaySession implements AutoCloseable {

    private static final String[] END = {
        "reset synchronous_commit", "reset enable_bitmapscan", "reset enable_sort", "reset idle_session_timeout"
    };

    private final Connection connection;

    /**
     * @param idleLimit a relay that stands still, or whose node is lost, must not keep its leases from the others for
     *     longer
     */
    RelaySession(Connection connection, Duration idleLimit) throws SQLException {
        this.connection = connection;
        execute(
                // Deletes need not wait for the disk: a server that crashes first has the events again, with all that
                // were deleted later. They are sent once more in their order, and consumers know the ids.
                "set synchronous_commit = off",
                // The order comes from the index: a plan for an almost empty table sorts the whole outbox for each
                // batch.
                "set enable_bitmapscan = off",
                "set enable_sort = off",
                "set idle_session_timeout = " + idleLimit.toMillis());
    }

    @Override
    public void close() throws SQLException {
        execute(END);
    }

    private void execute(String... settings) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var setting : settings) statement.execute(setting);
        }
    }
}
