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
 * How many rows and index entries PostgreSQL reads for a piece of work, way by way, by its own statistics. A plan that reads a whole
 * table, or the whole of an index, is seen here whatever its name; how fast it was on this machine says nothing.
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

    /** Of this database, in which nothing is analyzed any more: plans that were made on empty tables stay. */
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

    /** No table may be read more than so often for each of the things done; and some must be, or nothing was seen at all. */
    public void assertAtMost(long rowsEach, int things, Work work) throws Exception {
        var read = during(work);
        assertThat(read).as("what was read for %d", things).isNotEmpty();
        assertThat(read)
                .as("at most %d rows of each table for each of %d", rowsEach, things)
                .allSatisfy((_, rows) -> assertThat(rows).isLessThanOrEqualTo(rowsEach * things));
    }

    /** Rows read meanwhile, by table and index; those of connections that are still in use come later. */
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

    /** A session tells its figures once a second at most, unless it is asked; so each that is idle is asked. */
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
