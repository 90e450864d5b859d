package com.flashsale.engines;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The shared helpers of the tests of engines. */
final class Fixtures {

    static final Duration TIMEOUT = Duration.ofMinutes(2);

    private Fixtures() {}

    /** A home of its own, with binaries that all tests share: unpacking has its own test. */
    static EngineFiles filesIn(Path directory, String name) {
        var binaries = Path.of(System.getProperty("user.home"), ".cache", "flash-sale", "engines");
        return new EngineFiles(directory.resolve(name), directory.resolve(name + ".log"), binaries);
    }

    static Connection connect(PostgresEngine postgres, String database, String user, String password)
            throws SQLException {
        return DriverManager.getConnection(postgres.url(database), user, password);
    }

    static String query(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A JVM with the class path of this one. */
    static ProcessBuilder jvm(Class<?> main, String... arguments) {
        return jvm(System.getProperty("java.class.path"), main, arguments);
    }

    static ProcessBuilder jvm(String classPath, Class<?> main, String... arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m", "-cp", classPath));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    }
}
