package com.flashsale.platform.test.simulation;

import com.flashsale.platform.test.TestEngines;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.stream.Collectors;

/**
 * A separate database for each world. Its {@code now()} and {@code clock_timestamp()} tell the simulated time:
 * functions of the same names stand before PostgreSQL's own in the search path. The statements under test do not
 * notice.
 */
final class SimulatedDatabase implements AutoCloseable {

    private static final String PASSWORD = "database-password-for-tests";

    /** Deleted rows of earlier runs leave room behind; a truncate gives it back after this number of runs. */
    private static final int RUNS_BETWEEN_TRUNCATES = 40;

    private final String name;
    private final Connection connection;
    private final PreparedStatement setTime;
    private String deleteAll = "";
    private String truncateAll = "";
    private int runs;

    SimulatedDatabase(String name) {
        this.name = name;
        TestEngines.postgres().createDatabase(name, name, PASSWORD);
        try {
            prepare();
            connection = connect();
            setTime = connection.prepareStatement("update simulation_clock set at = ?");
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot prepare " + name, e);
        }
    }

    String url() {
        return TestEngines.postgres().url(name);
    }

    String name() {
        return name;
    }

    static String password() {
        return PASSWORD;
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), name, PASSWORD);
    }

    private void prepare() throws SQLException {
        try (var fresh = connect();
                var statement = fresh.createStatement()) {
            statement.execute("create table simulation_clock (at timestamptz not null)");
            statement.execute("insert into simulation_clock values (clock_timestamp())");
            for (var function :
                    new String[] {"now", "clock_timestamp", "statement_timestamp", "transaction_timestamp"}) {
                statement.execute("create function public." + function
                        + "() returns timestamptz language sql stable as 'select at from public.simulation_clock'");
            }
            statement.execute("alter database \"" + name + "\" set search_path = public, pg_catalog");
            // no power cut happens in between, and thousands of runs wait for every commit
            statement.execute("alter database \"" + name + "\" set synchronous_commit = off");
        }
    }

    /** Called after the migrations: remembers the tables to empty before a run, referring tables first. */
    void rememberTables() {
        var tables = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        select tablename
                          from pg_tables
                         where schemaname = 'public'
                           and tablename not in ('simulation_clock', 'flyway_schema_history')
                         order by (select count(*)
                                     from pg_constraint
                                    where contype = 'f'
                                      and conrelid = tablename::regclass) desc
                        """)) {
            while (rows.next()) tables.add(rows.getString(1));
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot read the tables of " + name, e);
        }
        truncateAll = "truncate " + String.join(", ", tables) + " cascade";
        deleteAll = tables.stream().map(table -> "delete from " + table).collect(Collectors.joining("; "));
    }

    void empty() {
        try (var statement = connection.createStatement()) {
            statement.execute(runs++ % RUNS_BETWEEN_TRUNCATES == 0 ? truncateAll : deleteAll);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot empty " + name, e);
        }
    }

    void setTime(Instant time) {
        try {
            setTime.setTimestamp(1, Timestamp.from(time));
            setTime.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot set the clock of " + name, e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot close " + name, e);
        }
    }
}
