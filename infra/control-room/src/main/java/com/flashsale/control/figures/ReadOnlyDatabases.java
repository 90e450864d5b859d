package com.flashsale.control.figures;

import com.flashsale.client.platform.Context;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;

/**
 * One connection to each database that is read, as the role {@code audit}, with prepared statements that stay. A server
 * that does not answer within two seconds costs the connection. Used by one thread at a time.
 */
public final class ReadOnlyDatabases implements AutoCloseable {

    /** Gets each row while the result is open. */
    interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    private static final String ROLE = "audit";

    private final String server;
    private final String password;
    private final Map<String, Connection> open = new HashMap<>();
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    /** @param server {@code host:port} */
    public ReadOnlyDatabases(String server, String password) {
        this.server = server;
        this.password = password;
    }

    public static ReadOnlyDatabases of(Context context) {
        return new ReadOnlyDatabases(
                context.addresses().postgres(), context.secrets().password("database." + ROLE));
    }

    /** @param ids the only parameter of the query, as an array; none for a query without a parameter */
    void read(String database, String query, Collection<UUID> ids, RowReader reader) throws SQLException {
        try {
            var statement = statement(database, query);
            if (query.indexOf('?') >= 0) {
                statement.setArray(1, statement.getConnection().createArrayOf("uuid", ids.toArray()));
            }
            try (var rows = statement.executeQuery()) {
                while (rows.next()) reader.read(rows);
            }
        } catch (SQLException failed) {
            close();
            throw failed;
        }
    }

    private PreparedStatement statement(String database, String query) throws SQLException {
        var key = database + " " + query;
        var known = prepared.get(key);
        if (known != null) return known;
        var connection = open.get(database);
        if (connection == null) {
            connection = connect(database);
            open.put(database, connection);
        }
        var statement = connection.prepareStatement(query);
        prepared.put(key, statement);
        return statement;
    }

    private Connection connect(String database) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", ROLE);
        properties.setProperty("password", password);
        properties.setProperty("ApplicationName", "flashsale-control-room");
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("loginTimeout", "2");
        properties.setProperty("socketTimeout", "2");
        properties.setProperty("prepareThreshold", "1");
        properties.setProperty("options", "-c statement_timeout=1500 -c default_transaction_read_only=on");
        return DriverManager.getConnection("jdbc:postgresql://" + server + "/" + database, properties);
    }

    /** The next read connects again. */
    @Override
    public void close() {
        var broken = List.copyOf(open.values());
        open.clear();
        prepared.clear();
        broken.forEach(ReadOnlyDatabases::abort);
    }

    /** Without a word to the server, which may hang. */
    private static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException alreadyGone) {
            return;
        }
    }
}
