package com.flashsale.load.raw;

import com.flashsale.client.platform.Context;
import com.flashsale.reports.result.Result.RawResult;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** The platform's own PostgreSQL, with its settings, in a database that is dropped afterwards. */
final class RawPostgres implements AutoCloseable {

    static final int CONNECTIONS = 8;
    private static final int BATCH = 256;
    private static final int BUCKETS = 16;
    private static final String DATABASE = "load_raw";
    private static final String TAKE =
            "update stock set reserved = reserved + 1 where id = ? and allotted - reserved >= 1";
    private static final String INSERT =
            "insert into orders (id, sale_id, customer_id, quantity, placed_at) values (?, ?, ?, 1, now())";
    private static final String INSERT_BATCH = """
            insert into orders (id, sale_id, customer_id, quantity, placed_at)
            select id, id, id, 1, now() from unnest(?) as id
            """;

    private final Context context;
    private final List<Connection> open = new ArrayList<>();

    RawPostgres(Context context) throws SQLException, IOException {
        this.context = context;
        admin("drop database if exists " + DATABASE + " with (force)", "create database " + DATABASE);
        try (var connection = connect(DATABASE);
                var statement = connection.createStatement()) {
            statement.execute("""
                    create table stock (id int primary key, allotted int not null, reserved int not null)
                        with (fillfactor = 50);
                    insert into stock select id, 1000000000, 0 from generate_series(0, 15) as id;
                    create table orders (
                        id uuid primary key, sale_id uuid not null, customer_id uuid not null, quantity int not null,
                        placed_at timestamptz not null)
                    """);
        }
    }

    private void admin(String... statements) throws SQLException, IOException {
        try (var connection = connect("postgres");
                var statement = connection.createStatement()) {
            for (var sql : statements) statement.execute(sql);
        }
    }

    Connection connect(String database) throws SQLException, IOException {
        var file = context.home().data().resolve("postgresql").resolve("superuser.password");
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + context.ports().postgres() + "/" + database + "?prepareThreshold=1",
                "postgres",
                Files.readString(file).strip());
    }

    /** A connection of one worker, ended with this object. */
    Connection worker() throws SQLException, IOException {
        var connection = connect(DATABASE);
        connection.setAutoCommit(false);
        open.add(connection);
        return connection;
    }

    List<RawResult> measure(Timed timed) throws Exception {
        var results = new ArrayList<RawResult>();
        results.add(timed.measure(
                "postgresql: one hot row",
                "8 connections, update stock + insert order + commit each",
                CONNECTIONS,
                _ -> order(worker(), 1)));
        results.add(timed.measure(
                "postgresql: 16 buckets",
                "the same, the row drawn from 16",
                CONNECTIONS,
                _ -> order(worker(), BUCKETS)));
        results.add(timed.measure(
                "postgresql: batched single writer",
                "1 connection, 256 orders + one update of stock per commit",
                1,
                _ -> batch(worker(), true)));
        results.add(timed.measure(
                "postgresql: single-row insert",
                "8 connections, one insert per commit",
                CONNECTIONS,
                _ -> insert(worker())));
        results.add(timed.measure(
                "postgresql: group-committed insert",
                "1 connection, 256 rows per commit",
                1,
                _ -> batch(worker(), false)));
        return results;
    }

    private static Timed.Work order(Connection connection, int buckets) throws SQLException {
        var take = connection.prepareStatement(TAKE);
        var insert = connection.prepareStatement(INSERT);
        return () -> {
            take.setInt(1, ThreadLocalRandom.current().nextInt(buckets));
            if (take.executeUpdate() != 1) throw new IllegalStateException("no units left");
            for (int i = 1; i <= 3; i++) insert.setObject(i, id());
            insert.executeUpdate();
            connection.commit();
            return 1;
        };
    }

    private static Timed.Work insert(Connection connection) throws SQLException {
        var insert = connection.prepareStatement(INSERT);
        return () -> {
            for (int i = 1; i <= 3; i++) insert.setObject(i, id());
            insert.executeUpdate();
            connection.commit();
            return 1;
        };
    }

    private static Timed.Work batch(Connection connection, boolean withStock) throws SQLException {
        var insert = connection.prepareStatement(INSERT_BATCH);
        var take = connection.prepareStatement("update stock set reserved = reserved + " + BATCH
                + " where id = 0 and allotted - reserved >= " + BATCH);
        return () -> {
            var ids = new UUID[BATCH];
            Arrays.setAll(ids, _ -> id());
            insert.setArray(1, connection.createArrayOf("uuid", ids));
            insert.executeUpdate();
            if (withStock && take.executeUpdate() != 1) throw new IllegalStateException("no units left");
            connection.commit();
            return BATCH;
        };
    }

    private static UUID id() {
        return Ids.next();
    }

    @Override
    public void close() throws SQLException, IOException {
        for (var connection : open) connection.close();
        admin("drop database if exists " + DATABASE + " with (force)");
    }
}
