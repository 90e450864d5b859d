package com.flashsale.load.observe;

import com.flashsale.load.platform.Target;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Observes from outside when orders are durably decided. Many times a second it reads the sale's one stock row, which a
 * decision changes in its own transaction. It reads committed rows, so its times are never early, and late by at most
 * one read. Visitors of a load test never pay, so the number of reserved units only grows.
 */
public final class SettleWatch implements AutoCloseable {

    private static final long PAUSE_MILLIS = 20;

    /** @param nanos on the scale of {@link System#nanoTime}, after the answer of the database */
    public record Observation(long nanos, long settled) {}

    private final Target target;
    private final UUID sale;
    private final Connection connection;
    private final PreparedStatement statement;
    private final List<Observation> observations = new ArrayList<>();
    private final Thread thread;
    private volatile boolean running = true;
    private volatile long latest;

    public SettleWatch(Target target, String sale) throws SQLException {
        this.target = target;
        this.sale = UUID.fromString(sale);
        this.connection = target.read("inventory");
        this.statement = connection.prepareStatement("select reserved + sold from stock where sale_id = ?");
        statement.setObject(1, this.sale);
        this.thread = Thread.ofPlatform().name("settle-watch").daemon().start(this::watch);
    }

    private void watch() {
        try {
            while (running) {
                observation();
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (SQLException lost) {
            throw new IllegalStateException("the inventory's database is lost", lost);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void observation() throws SQLException {
        try (var rows = statement.executeQuery()) {
            long settled = rows.next() ? rows.getLong(1) : 0;
            if (settled != latest || observations.isEmpty())
                observations.add(new Observation(System.nanoTime(), settled));
            latest = settled;
        }
    }

    /** Orders decided so far. */
    public long settled() {
        return latest;
    }

    /** Waits until {@code count} orders are decided; false if the patience ends first. */
    public boolean await(long count, long patienceNanos) throws InterruptedException {
        long deadline = System.nanoTime() + patienceNanos;
        while (latest < count && System.nanoTime() < deadline) Thread.sleep(PAUSE_MILLIS);
        return latest >= count;
    }

    /** Stops the watch and returns its reads, without repetitions of one number. */
    public List<Observation> observations() throws InterruptedException {
        running = false;
        thread.join();
        return List.copyOf(observations);
    }

    /** The ids of the orders in the sequence of their decisions. */
    public List<UUID> decided() throws SQLException {
        var orders = new ArrayList<UUID>();
        try (var ledger = target.read("inventory");
                var query = ledger.prepareStatement(
                        "select order_id from ledger where sale_id = ? and kind = 'HELD' order by id")) {
            query.setObject(1, sale);
            try (var rows = query.executeQuery()) {
                while (rows.next()) orders.add(rows.getObject(1, UUID.class));
            }
        }
        return orders;
    }

    @Override
    public void close() throws SQLException {
        running = false;
        connection.close();
    }
}
