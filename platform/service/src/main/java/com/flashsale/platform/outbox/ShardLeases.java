package com.flashsale.platform.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/**
 * Session-level advisory locks, one for each shard: PostgreSQL gives a shard to one relay at a time and takes it back
 * when that relay's connection ends, however it ends. The connection is in autocommit mode, so that no transaction
 * stays open while Kafka is slow.
 */
final class ShardLeases {

    /** First key of the advisory locks; the second is the shard. */
    private static final int LOCK_CLASS = 0x0F1A5;

    private static final long RETRY_NANOS = Duration.ofMillis(500).toNanos();

    private final Connection connection;
    private final Set<Short> held = new TreeSet<>();
    private long lastTry = System.nanoTime() - RETRY_NANOS;

    ShardLeases(Connection connection) {
        this.connection = connection;
    }

    /** The shards that are ours now; asks for the missing ones twice a second. */
    Short[] held() throws SQLException {
        if (held.size() < OutboxSettings.SHARDS && System.nanoTime() - lastTry >= RETRY_NANOS) {
            lastTry = System.nanoTime();
            acquireMissing();
        }
        return held.toArray(Short[]::new);
    }

    private void acquireMissing() throws SQLException {
        try (var statement = connection.prepareStatement("select pg_try_advisory_lock(?, ?)")) {
            for (short shard = 0; shard < OutboxSettings.SHARDS; shard++) {
                if (held.contains(shard)) continue;
                statement.setInt(1, LOCK_CLASS);
                statement.setInt(2, shard);
                try (var result = statement.executeQuery()) {
                    if (result.next() && result.getBoolean(1)) held.add(shard);
                }
            }
        }
    }

    void release() throws SQLException {
        try (var statement = connection.prepareStatement("select pg_advisory_unlock_all()")) {
            statement.execute();
        }
        held.clear();
    }
}
