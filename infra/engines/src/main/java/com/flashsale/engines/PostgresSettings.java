package com.flashsale.engines;

import java.util.Map;

/**
 * How PostgreSQL runs.
 *
 * @param durable whether a commit survives a power cut (fsync); only throwaway data may do without
 * @param maxConnections over all services and replicas
 * @param parameters further settings of postgresql.conf
 */
public record PostgresSettings(
        int port, EngineFiles files, boolean durable, int maxConnections, Map<String, String> parameters) {

    private static final int MAX_CONNECTIONS = 200;

    public PostgresSettings {
        if (maxConnections < 1)
            throw new IllegalArgumentException("maxConnections must be positive: " + maxConnections);
        parameters = Map.copyOf(parameters);
    }

    /** For real data: durable, statements counted, and ready for logical decoding. */
    public static PostgresSettings persistent(int port, EngineFiles files) {
        return new PostgresSettings(
                port,
                files,
                true,
                MAX_CONNECTIONS,
                Map.of("shared_preload_libraries", "pg_stat_statements", "wal_level", "logical"));
    }

    /** For tests: the same engine, in a hurry. */
    public static PostgresSettings throwaway(int port, EngineFiles files) {
        return new PostgresSettings(port, files, false, MAX_CONNECTIONS, Map.of());
    }
}
