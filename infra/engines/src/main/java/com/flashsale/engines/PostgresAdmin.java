package com.flashsale.engines;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.postgresql.PGConnection;

/**
 * Databases and roles. Each statement can be repeated; names are quoted by the server, passwords leave this JVM only as
 * SCRAM verifiers.
 */
final class PostgresAdmin {

    private static final String CONNECT_TIMEOUT_SECONDS = "2";
    private static final String SOCKET_TIMEOUT_SECONDS = "30";

    private final PostgresEngine engine;

    PostgresAdmin(PostgresEngine engine) {
        this.engine = engine;
    }

    Connection connect(String database) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", PostgresEngine.SUPERUSER);
        properties.setProperty("password", engine.superuserPassword());
        properties.setProperty("connectTimeout", CONNECT_TIMEOUT_SECONDS);
        properties.setProperty("socketTimeout", SOCKET_TIMEOUT_SECONDS);
        return DriverManager.getConnection(engine.url(database), properties);
    }

    void createDatabase(String name, String role, String password) {
        try (var connection = connect(PostgresEngine.SUPERUSER)) {
            createRole(connection, role, password);
            if (!exists(connection, "select 1 from pg_database where datname = ?", name)) {
                execute(connection, "create database %I owner %I", name, role);
            }
            execute(connection, "revoke connect on database %I from public", name);
            for (var reader : strings(connection, """
                    select member::regrole::text
                      from pg_auth_members
                     where roleid = 'pg_read_all_data'::regrole
                    """)) {
                execute(connection, "grant connect on database %I to " + reader, name);
            }
        } catch (SQLException e) {
            throw new EngineException("Cannot create the database " + name, e);
        }
        if (engine.counts("pg_stat_statements")) createExtension(name);
    }

    void createReadOnlyRole(String role, String password) {
        try (var connection = connect(PostgresEngine.SUPERUSER)) {
            createRole(connection, role, password);
            execute(connection, "grant pg_read_all_data to %I", role);
            execute(connection, "alter role %I set default_transaction_read_only = on", role);
            for (var database : strings(connection, "select datname from pg_database where not datistemplate")) {
                execute(connection, "grant connect on database %I to %I", database, role);
            }
        } catch (SQLException e) {
            throw new EngineException("Cannot create the role " + role, e);
        }
    }

    void dropDatabase(String name) {
        try (var connection = connect(PostgresEngine.SUPERUSER)) {
            execute(connection, "drop database if exists %I with (force)", name);
        } catch (SQLException e) {
            throw new EngineException("Cannot drop the database " + name, e);
        }
    }

    private void createExtension(String database) {
        try (var connection = connect(database);
                var statement = connection.createStatement()) {
            statement.execute("create extension if not exists pg_stat_statements");
        } catch (SQLException e) {
            throw new EngineException("Cannot count the statements of " + database, e);
        }
    }

    private static void createRole(Connection connection, String role, String password) throws SQLException {
        if (!exists(connection, "select 1 from pg_roles where rolname = ?", role)) {
            execute(connection, "create role %I login", role);
        }
        connection.unwrap(PGConnection.class).alterUserPassword(role, password.toCharArray(), "scram-sha-256");
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (var statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** Utility statements take no parameters: the server writes the names into the template, then runs it. */
    private static void execute(Connection connection, String template, String... names) throws SQLException {
        String command;
        try (var statement = connection.prepareStatement("select format(?, variadic ?::text[])")) {
            statement.setString(1, template);
            statement.setArray(2, connection.createArrayOf("text", names));
            try (var rows = statement.executeQuery()) {
                rows.next();
                command = rows.getString(1);
            }
        }
        try (var statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    private static List<String> strings(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            var strings = new ArrayList<String>();
            while (rows.next()) strings.add(rows.getString(1));
            return strings;
        }
    }
}
