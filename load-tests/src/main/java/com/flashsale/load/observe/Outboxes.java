package com.flashsale.load.observe;

import com.flashsale.client.topology.Services;
import com.flashsale.load.platform.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Figures of the databases that have an outbox: waiting events, size of the table, dead rows. */
final class Outboxes implements AutoCloseable {

    /** Receives each figure. */
    @FunctionalInterface
    interface Listener {
        void figure(String name, String unit, double value);
    }

    private static final String WAITING = """
            select count(*), coalesce(extract(epoch from now() - min(occurred_at)), 0)
              from (select occurred_at from outbox order by seq limit 20000) as waiting
            """;

    /** The size of the outbox table in MiB, and the share of dead rows over all tables. */
    private static final String REMAINS = """
            select pg_total_relation_size('outbox') / 1048576.0,
                   coalesce(sum(n_dead_tup)::float8 / nullif(sum(n_live_tup + n_dead_tup), 0), 0)
              from pg_stat_user_tables
            """;

    private final Map<String, Connection> databases = new LinkedHashMap<>();

    private Outboxes() {}

    static Outboxes of(Target target) throws SQLException {
        var found = new Outboxes();
        for (var database : Services.databases()) {
            var connection = target.read(database);
            if (hasOutbox(connection)) found.databases.put(database, connection);
            else connection.close();
        }
        return found;
    }

    void observation(Listener listener) throws SQLException {
        each(WAITING, (database, first, second) -> {
            listener.figure("outbox " + database, "events", first);
            listener.figure("outbox age " + database, "s", second);
        });
    }

    void lookForRemains(Listener listener) throws SQLException {
        each(REMAINS, (database, first, second) -> {
            listener.figure("table outbox " + database, "MiB", first);
            listener.figure("dead rows " + database, "share", second);
        });
    }

    private void each(String question, RowReader reader) throws SQLException {
        for (var database : databases.entrySet()) {
            try (var statement = database.getValue().createStatement();
                    var row = statement.executeQuery(question)) {
                if (row.next()) reader.read(database.getKey(), row.getDouble(1), row.getDouble(2));
            }
        }
    }

    private interface RowReader {
        void read(String database, double first, double second);
    }

    private static boolean hasOutbox(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select to_regclass('outbox') is not null")) {
            return row.next() && row.getBoolean(1);
        }
    }

    @Override
    public void close() throws SQLException {
        for (var connection : databases.values()) connection.close();
    }
}
