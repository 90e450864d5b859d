package com.flashsale.platform.test;

import com.flashsale.platform.time.Ids;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Compares ways to do the same work, measured in turns. Other load on the machine hits all of them alike, so that their
 * rates may be divided by each other. It is no test: it prints, and judges nothing.
 */
public final class InterleavedBenchmark {

    /** One batch of work. */
    @FunctionalInterface
    public interface Work {

        /** Returns how many things were done. */
        long once() throws Exception;
    }

    private static final double NANOS = 1e9;

    private final Map<String, Work> rivals = new LinkedHashMap<>();

    /** The first one added is the reference for the others. */
    public InterleavedBenchmark add(String name, Work work) {
        rivals.put(name, work);
        return this;
    }

    /**
     * Runs each work unmeasured for the warm-up, then all of them in turns, and prints the median of the rates of each.
     *
     * @return things per second, by name
     */
    public Map<String, Double> measure(Duration warmUp, Duration turn, int turns) throws Exception {
        for (var work : rivals.values()) rate(work, warmUp);
        var rates = new LinkedHashMap<String, List<Double>>();
        for (int i = 0; i < turns; i++) {
            for (var rival : rivals.entrySet()) {
                rates.computeIfAbsent(rival.getKey(), _ -> new ArrayList<>()).add(rate(rival.getValue(), turn));
            }
        }
        var medians = new LinkedHashMap<String, Double>();
        rates.forEach((name, each) -> medians.put(name, median(each)));
        double first = medians.values().iterator().next();
        rates.forEach((name, each) -> print(name, median(each), each, first));
        return medians;
    }

    private static double rate(Work work, Duration length) throws Exception {
        long begun = System.nanoTime();
        long done = 0;
        do {
            done += work.once();
        } while (System.nanoTime() - begun < length.toNanos());
        return done / ((System.nanoTime() - begun) / NANOS);
    }

    private static double median(List<Double> rates) {
        var sorted = rates.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static void print(String name, double rate, List<Double> each, double first) {
        var range = each.stream().mapToDouble(Double::doubleValue).summaryStatistics();
        System.out.printf(
                "stage  %-66s %,10.0f/s  (%,.0f to %,.0f)  %5.1f %% of the first%n",
                name, rate, range.getMin(), range.getMax(), 100 * rate / first);
    }

    /**
     * The upper bound of PostgreSQL alone: each statement writes a row for each id, a batch of ids to a commit, without
     * reads and decisions.
     */
    public static final class Rows implements Work {

        private final Connection connection;
        private final int batch;
        private final List<PreparedStatement> inserts = new ArrayList<>();
        private final List<PreparedStatement> takes = new ArrayList<>();

        /**
         * @param connection without autocommit, for this object alone
         * @param tables creates the tables
         * @param inserts each with an array of ids as its one parameter
         */
        public Rows(Connection connection, int batch, String tables, List<String> inserts) throws SQLException {
            this.connection = connection;
            this.batch = batch;
            execute(connection, tables);
            for (var insert : inserts) this.inserts.add(connection.prepareStatement(insert));
        }

        /** The minimal order row (five columns), as {@code ./flashsale load raw} measures it. */
        public static Rows fewest(Connection connection, int batch) throws SQLException {
            return new Rows(
                    connection,
                    batch,
                    """
                    create table raw.few_orders (
                        id uuid primary key, sale_id uuid not null, customer_id uuid not null, quantity int not null,
                        placed_at timestamptz not null)
                    """,
                    List.of("insert into raw.few_orders select id, id, id, 1, now() from unnest(?) as id"));
        }

        /** @param update of the one row that has the stock, once a batch */
        public Rows taking(String table, String update) throws SQLException {
            execute(connection, table);
            takes.add(connection.prepareStatement(update));
            return this;
        }

        @Override
        public long once() throws SQLException {
            var ids = new UUID[batch];
            Arrays.setAll(ids, _ -> Ids.next());
            var array = connection.createArrayOf("uuid", ids);
            for (var insert : inserts) {
                insert.setArray(1, array);
                insert.executeUpdate();
            }
            for (var take : takes) {
                if (take.executeUpdate() != 1) throw new IllegalStateException("no units left");
            }
            connection.commit();
            return batch;
        }

        private static void execute(Connection connection, String sql) throws SQLException {
            try (var statement = connection.createStatement()) {
                statement.execute(sql);
            }
            connection.commit();
        }
    }
}
