package com.flashsale.systemtests;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads stock, ledger and reservations of a sale in one repeatable-read snapshot after the other, while others change
 * them.
 */
final class ConservationSampler implements AutoCloseable {

    private static final String SNAPSHOT = """
            select allotted, reserved, sold, ledger_reserved, ledger_sold, reservation_reserved, reservation_sold
              from stock_audit
             where sale_id = ?
            """;

    private final RunningPlatform platform;
    private final UUID sale;
    private final AtomicInteger samples = new AtomicInteger();
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean running = true;

    ConservationSampler(RunningPlatform platform, String sale) {
        this.platform = platform;
        this.sale = UUID.fromString(sale);
        this.thread = Thread.ofVirtual().start(this::sample);
    }

    private void sample() {
        try (var connection = platform.database("inventory")) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            while (running) {
                snapshot(connection);
                connection.commit();
            }
        } catch (SQLException e) {
            violations.add("sampler failed: " + e.getMessage());
        }
    }

    private void snapshot(Connection connection) throws SQLException {
        try (var query = connection.prepareStatement(SNAPSHOT)) {
            query.setObject(1, sale);
            try (var row = query.executeQuery()) {
                if (!row.next()) return;
                int reserved = row.getInt(2);
                int sold = row.getInt(3);
                var whole = reserved >= 0
                        && sold >= 0
                        && reserved + sold <= row.getInt(1)
                        && reserved == row.getInt(4)
                        && sold == row.getInt(5)
                        && reserved == row.getInt(6)
                        && sold == row.getInt(7);
                samples.incrementAndGet();
                if (!whole) violations.add("reserved %d, sold %d of %d".formatted(reserved, sold, row.getInt(1)));
            }
        }
    }

    int samples() {
        return samples.get();
    }

    List<String> violations() {
        return violations;
    }

    @Override
    public void close() throws InterruptedException {
        running = false;
        thread.join(5_000);
    }
}
