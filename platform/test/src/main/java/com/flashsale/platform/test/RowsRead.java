package com.flashsale.platform.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Counts the rows and index entries that PostgreSQL reads for a piece of work, table by table and index by index, from
 * its own statistics. It finds each plan that reads a whole table or a whole index, whereas the duration on this
 * machine says nothing.
 */
public final class RowsRead {

    @FunctionalInterface
    public interface Work {
        void run() throws Exception;
    }

    private static final String READ = """
            select relname || ' from end to end' as way, seq_tup_read as rows
              from pg_stat_user_tables
            union all
            select relname || ' by ' || indexrelname, idx_tup_read
              from pg_stat_user_indexes
            """;

    private final DataSource dataSource;
    private final HikariDataSource pool;
    private final JdbcClient jdbc;

    private RowsRead(DataSource dataSource, HikariDataSource pool) {
        this.dataSource = dataSource;
        this.pool = pool;
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** Watches this database and stops its autovacuum: plans that were made on empty tables stay. */
    public static RowsRead of(DataSource dataSource) throws SQLException {
        var read = new RowsRead(dataSource, dataSource.unwrap(HikariDataSource.class));
        read.jdbc.sql("""
                do $$
                declare
                    each text;
                begin
                    for each in select relname from pg_stat_user_tables loop
                        execute format('alter table %I set (autovacuum_enabled = false)', each);
                    end loop;
                end
                $$
                """).update();
        return read;
    }

    /**
     * Asserts that the work reads at most this number of rows of each table for each thing, and reads some table at
     * all.
     */
    public void assertAtMost(long rowsEach, int things, Work work) throws Exception {
        var read = during(work);
        assertThat(read).as("what was read for %d", things).isNotEmpty();
        assertThat(read)
                .as("at most %d rows of each table for each of %d", rowsEach, things)
                .allSatisfy((_, rows) -> assertThat(rows).isLessThanOrEqualTo(rowsEach * things));
    }

    /** The rows read during the work, by table and index; connections that are still in use report theirs later. */
    public Map<String, Long> during(Work work) throws Exception {
        var before = soFar();
        work.run();
        var read = soFar();
        before.forEach((way, rows) -> read.merge(way, -rows, Long::sum));
        read.values().removeIf(rows -> rows == 0);
        return read;
    }

    private Map<String, Long> soFar() throws SQLException {
        flush();
        var read = new TreeMap<String, Long>();
        jdbc.sql(READ).query(row -> {
            read.put(row.getString("way"), row.getLong("rows"));
        });
        return read;
    }

    /** Asks each idle session for its figures, since a session otherwise reports them once a second at most. */
    private void flush() throws SQLException {
        var idle = new ArrayList<Connection>();
        try {
            for (int i = pool.getHikariPoolMXBean().getIdleConnections(); i > 0; i--)
                idle.add(dataSource.getConnection());
            for (var connection : idle) {
                try (var statement = connection.createStatement()) {
                    statement.execute("select pg_stat_force_next_flush()");
                }
            }
        } finally {
            for (var connection : idle) connection.close();
        }
    }
}
