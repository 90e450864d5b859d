package com.flashsale.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;

/**
 * Looks at some sales all the time, each time at one committed snapshot, and keeps the first thing that was wrong.
 * Stock, ledger and reservations are three statements in one repeatable-read transaction, so that not the audit's own
 * query is what makes them agree.
 */
public final class StockSampler implements AutoCloseable {

    private static final long TIMEOUT_SECONDS = 30;

    private final java.util.concurrent.ExecutorService thread = Executors.newSingleThreadExecutor();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Future<Integer> samples;

    private StockSampler(DataSource dataSource, Collection<UUID> sales) {
        this.samples = thread.submit(() -> sample(dataSource, sales.toArray(UUID[]::new)));
    }

    public static StockSampler on(DataSource dataSource, UUID... sales) {
        return new StockSampler(dataSource, List.of(sales));
    }

    private int sample(DataSource dataSource, UUID[] sales) throws SQLException, InterruptedException {
        var taken = 0;
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            do {
                assertThat(byLedger(connection, sales)).isEqualTo(byStock(connection, sales));
                assertThat(byReservation(connection, sales)).isEqualTo(byStock(connection, sales));
                connection.commit();
                taken++;
            } while (!stop.await(1, TimeUnit.MILLISECONDS));
            connection.setReadOnly(false);
        }
        return taken;
    }

    private static List<String> byStock(Connection connection, UUID[] sales) throws SQLException {
        return figures(connection, sales, """
                select sale_id, reserved, sold
                  from stock
                 where sale_id = any(?) and reserved >= 0 and sold >= 0 and reserved + sold <= allotted
                """);
    }

    private static List<String> byLedger(Connection connection, UUID[] sales) throws SQLException {
        return figures(connection, sales, """
                select sale_id,
                       coalesce(sum(units) filter (where kind = 'HELD'), 0)
                         - coalesce(sum(units) filter (where kind in ('CONFIRMED', 'RELEASED', 'EXPIRED')), 0),
                       coalesce(sum(units) filter (where kind = 'CONFIRMED'), 0)
                  from ledger
                 where sale_id = any(?)
                 group by sale_id
                """);
    }

    private static List<String> byReservation(Connection connection, UUID[] sales) throws SQLException {
        return figures(connection, sales, """
                select stock.sale_id,
                       coalesce(sum(units) filter (where state = 'HELD'), 0),
                       coalesce(sum(units) filter (where state = 'CONFIRMED'), 0)
                  from stock left join reservation using (sale_id)
                 where stock.sale_id = any(?)
                 group by stock.sale_id
                """);
    }

    private static List<String> figures(Connection connection, UUID[] sales, String sql) throws SQLException {
        try (var statement = connection.prepareStatement(sql + " order by 1")) {
            statement.setArray(1, connection.createArrayOf("uuid", sales));
            var figures = new ArrayList<String>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) figures.add(rows.getObject(1) + ": " + rows.getInt(2) + ", " + rows.getInt(3));
            }
            return figures;
        }
    }

    /** Fails if any snapshot was wrong. */
    @Override
    public void close() {
        stop.countDown();
        thread.shutdown();
        try {
            assertThat(samples.get(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isGreaterThan(1);
        } catch (ExecutionException wrong) {
            throw new AssertionError("a committed snapshot was wrong", wrong.getCause());
        } catch (TimeoutException | InterruptedException stuck) {
            thread.shutdownNow();
            throw new AssertionError("the sampler does not end", stuck);
        }
    }
}
