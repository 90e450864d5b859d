package com.flashsale.platform.test;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.TestcontainersConfiguration;

/** The engines' public images, in the versions of {@code .env}. */
final class ContainerEngines implements EngineProvider {

    private static final DockerImageName POSTGRES = DockerImageName.parse("postgres:18");
    private static final DockerImageName REDIS = DockerImageName.parse("redis:8");
    private static final DockerImageName KAFKA = DockerImageName.parse("apache/kafka:4.2.1");
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
    private static final int REDIS_PORT = 6379;
    private static final String REDIS_PASSWORD = "throwaway-password";

    /**
     * A Docker engine answers and has all images, that of Testcontainers' reaper too. The client is one that starts no
     * reaper: each other way to ask pulls the reaper's image first, for minutes where no registry answers.
     */
    static boolean areReady() {
        try (var docker = DockerClientProviderStrategy.getClientForConfig(
                DockerClientFactory.instance().getTransportConfig())) {
            return images().allMatch(image -> isThere(docker, image));
        } catch (IllegalStateException | IOException noEngine) {
            return false;
        }
    }

    // deprecated without a successor; nothing else tells the version that this release of Testcontainers pulls
    @SuppressWarnings("deprecation")
    private static Stream<String> images() {
        var engines = Stream.of(POSTGRES, REDIS, KAFKA).map(DockerImageName::asCanonicalNameString);
        if ("true".equals(System.getenv("TESTCONTAINERS_RYUK_DISABLED"))) return engines;
        return Stream.concat(
                engines, Stream.of(TestcontainersConfiguration.getInstance().getRyukImage()));
    }

    private static boolean isThere(DockerClient docker, String image) {
        try {
            return docker.inspectImageCmd(image).exec().getId() != null;
        } catch (NotFoundException missing) {
            return false;
        }
    }

    /**
     * Lazily, once, and ended when the JVM ends: by its own hook, and by Testcontainers' reaper if the JVM is killed.
     */
    private static final class PostgresHolder {
        static final PostgreSQLContainer CONTAINER = started(new PostgreSQLContainer(POSTGRES)
                .withStartupTimeout(START_TIMEOUT)
                .withCommand("postgres", "-c", "max_connections=200", "-c", "fsync=off", "-c", "full_page_writes=off"));
    }

    private static final class RedisHolder {
        static final GenericContainer<?> CONTAINER = started(new GenericContainer<>(REDIS)
                .withCommand("redis-server", "--requirepass", REDIS_PASSWORD, "--save", "", "--appendonly", "no")
                .withExposedPorts(REDIS_PORT)
                .waitingFor(Wait.forListeningPort())
                .withStartupTimeout(START_TIMEOUT));
    }

    private static final class KafkaHolder {
        static final KafkaContainer CONTAINER = started(new KafkaContainer(KAFKA)
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0")
                .withEnv("KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS", "3")
                .withStartupTimeout(START_TIMEOUT));
    }

    private record ContainerPostgres(PostgreSQLContainer container) implements TestEngines.Postgres {

        @Override
        public void createDatabase(String name, String role, String password) {
            try (var connection = DriverManager.getConnection(
                    url(container.getDatabaseName()), container.getUsername(), container.getPassword())) {
                if (!exists(connection, "select 1 from pg_roles where rolname = ?", role)) {
                    execute(connection, "create role %s login password %s", quoted(role), literal(password));
                }
                if (!exists(connection, "select 1 from pg_database where datname = ?", name)) {
                    execute(connection, "create database %s owner %s", quoted(name), quoted(role));
                }
            } catch (SQLException e) {
                throw new IllegalStateException("Cannot create the database " + name, e);
            }
        }

        @Override
        public String url(String database) {
            return "jdbc:postgresql://%s:%d/%s"
                    .formatted(
                            container.getHost(),
                            container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                            database);
        }

        private static boolean exists(Connection connection, String query, String name) throws SQLException {
            try (var statement = connection.prepareStatement(query)) {
                statement.setString(1, name);
                try (var rows = statement.executeQuery()) {
                    return rows.next();
                }
            }
        }

        private static void execute(Connection connection, String template, String... parts) throws SQLException {
            try (var statement = connection.createStatement()) {
                statement.execute(template.formatted((Object[]) parts));
            }
        }

        private static String quoted(String name) {
            return '"' + name.replace("\"", "\"\"") + '"';
        }

        private static String literal(String text) {
            return '\'' + text.replace("'", "''") + '\'';
        }
    }

    private record ContainerRedis(String host, int port, String password) implements TestEngines.Redis {}

    private record ContainerKafka(String url) implements TestEngines.Kafka {}

    private static <C extends GenericContainer<?>> C started(C container) {
        container.start();
        Runtime.getRuntime().addShutdownHook(new Thread(container::stop, "test-containers"));
        return container;
    }

    @Override
    public TestEngines.Postgres postgres() {
        return new ContainerPostgres(PostgresHolder.CONTAINER);
    }

    @Override
    public TestEngines.Redis redis() {
        var container = RedisHolder.CONTAINER;
        return new ContainerRedis(container.getHost(), container.getMappedPort(REDIS_PORT), REDIS_PASSWORD);
    }

    @Override
    public TestEngines.Kafka kafka() {
        return new ContainerKafka(KafkaHolder.CONTAINER.getBootstrapServers());
    }
}
