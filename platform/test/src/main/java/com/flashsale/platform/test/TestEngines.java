package com.flashsale.platform.test;

import java.util.Locale;

/**
 * The engines of this JVM: each starts at its first use and ends with the JVM. {@code -Dengines=containers} takes the
 * public images, {@code -Dengines=embedded} the programs of infra/engines. Without a choice, a Docker engine that has
 * the images already provides them: a test never waits for a download. The tests are the same.
 */
public final class TestEngines {

    /** A server on which each test may create databases. */
    public interface Postgres {

        /** Makes the database and its owner if they are missing. */
        void createDatabase(String name, String role, String password);

        /** The JDBC URL of a database. */
        String url(String database);
    }

    public interface Redis {
        String host();

        int port();

        String password();
    }

    public interface Kafka {
        /** Bootstrap servers. */
        String url();
    }

    private TestEngines() {}

    private static final class Holder {
        static final EngineProvider PROVIDER = choose(System.getProperty("engines", ""));
    }

    private static EngineProvider choose(String wanted) {
        return switch (wanted.toLowerCase(Locale.ROOT)) {
            case "containers" -> new ContainerEngines();
            case "embedded" -> new EmbeddedEngines();
            case "" -> ContainerEngines.areReady() ? new ContainerEngines() : new EmbeddedEngines();
            default -> throw new IllegalArgumentException("-Dengines must be containers or embedded: " + wanted);
        };
    }

    public static Postgres postgres() {
        return Holder.PROVIDER.postgres();
    }

    public static Redis redis() {
        return Holder.PROVIDER.redis();
    }

    public static Kafka kafka() {
        return Holder.PROVIDER.kafka();
    }
}
