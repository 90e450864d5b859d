package com.flashsale.client.platform;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;

/** The databases of all services, open for reading only. Used by one thread. */
public class Databases implements AutoCloseable {

    private static final int ROWS_AT_ONCE = 1_000;
    private static final Duration LONGEST_STATEMENT = Duration.ofSeconds(60);

    /** Gets each row while the result is open. */
    public interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    private final String server;
    private final String user;
    private final String password;
    private final int statementSeconds;
    private final Map<String, Connection> open = new HashMap<>();

    public Databases(int port, String user, String password) {
        this("127.0.0.1:" + port, user, password);
    }

    /** @param server {@code host:port} */
    public Databases(String server, String user, String password) {
        this(server, user, password, LONGEST_STATEMENT);
    }

    /** @param longestStatement in whole seconds; then the server ends a statement */
    public Databases(String server, String user, String password, Duration longestStatement) {
        this.statementSeconds = Math.toIntExact(longestStatement.toSeconds());
        this.server = "jdbc:postgresql://" + server + "/";
        this.user = user;
        this.password = password;
    }

    /** Reads in portions, so that millions of rows take no more memory than a thousand. */
    public void read(String database, String query, RowReader reader) throws SQLException {
        var connection = connection(database);
        try (var statement = connection.createStatement()) {
            statement.setFetchSize(ROWS_AT_ONCE);
            statement.setQueryTimeout(statementSeconds);
            try (var rows = statement.executeQuery(query)) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        } finally {
            connection.rollback();
        }
    }

    /** The same with the ids as the query's only parameter, an array; without ids no query runs. */
    public void readAbout(String database, Collection<UUID> ids, String query, RowReader reader) throws SQLException {
        if (ids.isEmpty()) return;
        var connection = connection(database);
        try (var statement = connection.prepareStatement(query)) {
            statement.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            statement.setFetchSize(ROWS_AT_ONCE);
            statement.setQueryTimeout(statementSeconds);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        } finally {
            connection.rollback();
        }
    }

    public long count(String database, String query) throws SQLException {
        var count = new long[1];
        read(database, query, row -> count[0] = row.getLong(1));
        return count[0];
    }

    /** Units of this sale that have an owner, as inventory says. */
    public long sold(String saleId) throws SQLException {
        var id = UUID.fromString(saleId);
        return count("inventory", "select sold from stock where sale_id = '" + id + "'");
    }

    /** For a merge of two sources: the caller drives the rows and closes. */
    public Cursor cursor(String database, String query) throws SQLException {
        var statement = connection(database).createStatement();
        statement.setFetchSize(ROWS_AT_ONCE);
        statement.setQueryTimeout(statementSeconds);
        return new Cursor(statement, statement.executeQuery(query));
    }

    private Connection connection(String database) throws SQLException {
        var known = open.get(database);
        if (known != null) {
            return known;
        }
        var properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", Integer.toString(2 * statementSeconds));
        properties.setProperty("ApplicationName", "flashsale-audit");
        var connection = DriverManager.getConnection(server + database, properties);
        // each look is one snapshot
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        open.put(database, connection);
        return connection;
    }

    /** Called after a failure: open connections may be broken, so the next look opens new ones. */
    public void reconnect() throws SQLException {
        var broken = List.copyOf(open.values());
        open.clear();
        for (var connection : broken) {
            connection.close();
        }
    }

    @Override
    public void close() throws SQLException {
        reconnect();
    }
}
