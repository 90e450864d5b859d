package com.flashsale.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;

/** The databases of the services for a test: statements and transactions on connections that are used again. */
final class ShopDatabases implements AutoCloseable {

    /** An action of a test inside one transaction of one database. */
    interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    private final Books books;
    private final Map<String, Deque<Connection>> idle = new ConcurrentHashMap<>();

    ShopDatabases(Books books) {
        this.books = books;
    }

    /** One transaction; a connection is used by one at a time and then by the next. */
    <T> T in(String database, Work<T> work) throws SQLException {
        var free = idle.computeIfAbsent(database, _ -> new ConcurrentLinkedDeque<>());
        var connection = free.poll();
        if (connection == null) connection = books.connect(database);
        connection.setAutoCommit(false);
        var result = work.in(connection);
        connection.commit();
        free.push(connection);
        return result;
    }

    void insert(String database, Row row) throws SQLException {
        in(database, connection -> {
            row.insert(connection);
            return true;
        });
    }

    void run(String database, String sql, Object... values) throws SQLException {
        in(database, connection -> update(connection, sql, values));
    }

    static int update(Connection connection, String sql, Object... values) throws SQLException {
        try (var statement = bound(connection, sql, values)) {
            return statement.executeUpdate();
        }
    }

    List<Object> row(String database, String sql, Object... values) throws SQLException {
        return in(database, connection -> row(connection, sql, values));
    }

    static List<Object> row(Connection connection, String sql, Object... values) throws SQLException {
        try (var statement = bound(connection, sql, values);
                var rows = statement.executeQuery()) {
            if (!rows.next()) throw new IllegalStateException("no row: " + sql);
            var row = new ArrayList<Object>();
            for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++)
                row.add(rows.getObject(column));
            return row;
        }
    }

    private static PreparedStatement bound(Connection connection, String sql, Object... values) throws SQLException {
        var statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) statement.setObject(i + 1, values[i]);
        return statement;
    }

    @Override
    public void close() throws SQLException {
        for (var connections : idle.values()) {
            for (var connection : connections) connection.close();
        }
    }
}
