package com.flashsale.platform.test.simulation;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** The database as the code under test sees it, with the faults of the run. */
public final class FaultyDataSource extends DelegatingDataSource {

    /**
     * How long an intruder waits for a lock: the holder of the lock waits for the intruder, so a longer wait would be
     * in vain.
     */
    private static final int INTRUDERS_PATIENCE_MS = 3;

    private final FaultInjector faults;

    public FaultyDataSource(DataSource dataSource, FaultInjector faults) {
        super(dataSource);
        this.faults = faults;
    }

    /** The same database without faults, for observers. */
    public DataSource undisturbed() {
        var target = getTargetDataSource();
        if (target == null) throw new IllegalStateException("no database");
        return target;
    }

    /**
     * Shows a connection of {@link #undisturbed()} as the code under test sees it. A test with both views can treat the
     * session as a server would.
     */
    public Connection disturbed(Connection connection) {
        return disturbed(connection, false);
    }

    @Override
    public Connection getConnection() throws SQLException {
        var connection = super.getConnection();
        var intruder = faults.isIntruding();
        if (intruder) execute(connection, "set lock_timeout = " + INTRUDERS_PATIENCE_MS);
        return disturbed(connection, intruder);
    }

    private Connection disturbed(Connection connection, boolean intruder) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new Handler(connection, intruder));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private final class Handler implements InvocationHandler {

        /** The calls that Spring makes on a broken connection. */
        private static final Set<String> ALLOWED_WHEN_DEAD = Set.of(
                "close",
                "isClosed",
                "rollback",
                "setAutoCommit",
                "setReadOnly",
                "clearWarnings",
                "getAutoCommit",
                "setTransactionIsolation",
                "isReadOnly",
                "toString",
                "hashCode",
                "equals");

        private final Connection connection;
        private final boolean intruder;
        private @Nullable SimulatedCrash dead;

        Handler(Connection connection, boolean intruder) {
            this.connection = connection;
            this.intruder = intruder;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            if (dead != null && !ALLOWED_WHEN_DEAD.contains(method.getName())) throw dead;
            try {
                return switch (method.getName()) {
                    case "prepareStatement" -> prepare(method, arguments);
                    case "commit" -> commit();
                    case "close" -> close();
                    default -> call(method, arguments);
                };
            } catch (SimulatedCrash crash) {
                dead = crash;
                if (!connection.getAutoCommit()) connection.rollback();
                throw crash;
            }
        }

        private @Nullable Object prepare(Method method, Object @Nullable [] arguments) throws Throwable {
            if (arguments == null) throw new IllegalStateException("a statement without text");
            arguments[0] = faults.beforeStatement(String.valueOf(arguments[0]));
            return call(method, arguments);
        }

        private @Nullable Object commit() throws SQLException {
            faults.beforeCommit();
            connection.commit();
            faults.afterCommit();
            return null;
        }

        private @Nullable Object close() throws SQLException {
            if (intruder && !connection.isClosed()) {
                if (!connection.getAutoCommit()) connection.rollback();
                execute(connection, "reset lock_timeout");
                if (!connection.getAutoCommit()) connection.commit();
            }
            connection.close();
            return null;
        }

        private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
            try {
                return method.invoke(connection, arguments);
            } catch (InvocationTargetException failed) {
                throw failed.getCause();
            }
        }
    }
}
