package com.flashsale.platform.test;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.ClassUtils;

/**
 * Gives the service the same variables as infra/local does, so that a test takes the same way through its
 * configuration. An engine that the service does not use is not started, and its address is a port without a listener.
 */
class ServiceTestInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    /** Names another database than that of the module's other tests. */
    static final String DATABASE = "service-test.database";

    /** The default wait for conditions: two cores may run two modules and their engines. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String NOBODY = "127.0.0.1:1";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        Awaitility.setDefaultTimeout(PATIENCE);
        var environment = context.getEnvironment();
        var uses = Uses.of(environment);
        var database = environment.getProperty(DATABASE, environment.getProperty("spring.application.name", "service"));
        // side by side: a second of initdb, three of Kafka
        var postgres = uses.database() ? CompletableFuture.supplyAsync(() -> database(database)) : none();
        var kafka = uses.events() ? CompletableFuture.supplyAsync(() -> kafka(environment)) : none();
        var redis = uses.redis() ? CompletableFuture.supplyAsync(ServiceTestInitializer::redis) : none();

        var properties = new HashMap<String, Object>(fixed());
        properties.putAll(postgres.join());
        properties.putAll(kafka.join());
        properties.putAll(redis.join());
        environment.getPropertySources().addFirst(new MapPropertySource("engines for tests", properties));
    }

    private static CompletableFuture<Map<String, Object>> none() {
        return CompletableFuture.completedFuture(Map.of());
    }

    private static Map<String, Object> fixed() {
        return Map.ofEntries(
                Map.entry("MANAGEMENT_SERVER_PORT", 0),
                Map.entry("management.server.port", 0),
                Map.entry("EUREKA_CLIENT_ENABLED", false),
                Map.entry("FLASHSALE_ISSUER", TestTokens.ISSUER),
                Map.entry("FLASHSALE_JWKS_URI", TestTokens.jwksUri()),
                Map.entry("FLASHSALE_ADMISSION_KEYS", "test:" + TestSecrets.base64("admission")),
                Map.entry("FLASHSALE_KEY_ENCRYPTION_SECRET", TestSecrets.base64("key-encryption")),
                Map.entry("FLASHSALE_OPERATOR_SECRET", TestSecrets.OPERATOR),
                Map.entry("FLASHSALE_LOAD_TEST_SECRET", TestSecrets.LOAD_TEST),
                Map.entry("FLASHSALE_PAYMENT_KEY", TestSecrets.PAYMENT_KEY),
                Map.entry("FLASHSALE_PAYMENT_URL", "http://" + NOBODY),
                Map.entry("KAFKA_BOOTSTRAP_SERVERS", NOBODY),
                Map.entry("REDIS_HOST", "127.0.0.1"),
                Map.entry("REDIS_PORT", 1));
    }

    private static Map<String, Object> database(String name) {
        var postgres = TestEngines.postgres();
        postgres.createDatabase(name, name, TestSecrets.DATABASE_PASSWORD);
        return Map.of(
                "DATABASE_URL",
                postgres.url(name),
                "DATABASE_USER",
                name,
                "DATABASE_PASSWORD",
                TestSecrets.DATABASE_PASSWORD);
    }

    /** Creates the topics that other services own: a listener then begins at once instead of looking for them. */
    private static Map<String, Object> kafka(ConfigurableEnvironment environment) {
        var kafka = TestEngines.kafka();
        var produced =
                bind(environment, "platform.messaging.produces", Bindable.mapOf(String.class, Object.class), Map.of());
        var consumed = bind(environment, "platform.messaging.consumes", Bindable.listOf(String.class), List.of());
        TestKafka.create(
                consumed.stream().filter(topic -> !produced.containsKey(topic)).toArray(String[]::new));
        return Map.of("KAFKA_BOOTSTRAP_SERVERS", kafka.url());
    }

    private static <T> T bind(ConfigurableEnvironment environment, String name, Bindable<T> type, T otherwise) {
        return Binder.get(environment).bind(name, type).orElse(otherwise);
    }

    private static Map<String, Object> redis() {
        var redis = TestEngines.redis();
        return Map.of("REDIS_HOST", redis.host(), "REDIS_PORT", redis.port(), "REDIS_PASSWORD", redis.password());
    }

    /** Which engines a service uses, by its class path and its configuration. */
    private record Uses(boolean database, boolean events, boolean redis) {

        static Uses of(ConfigurableEnvironment environment) {
            return new Uses(
                    isPresent("org.flywaydb.core.Flyway"),
                    isPresent("org.springframework.kafka.core.KafkaTemplate") && saysMessaging(environment),
                    isPresent("io.lettuce.core.RedisClient"));
        }

        private static boolean saysMessaging(ConfigurableEnvironment environment) {
            return environment.getProperty("platform.outbox.enabled", Boolean.class, false)
                    || Binder.get(environment)
                            .bind("platform.messaging", Bindable.mapOf(String.class, Object.class))
                            .isBound();
        }

        private static boolean isPresent(String type) {
            return ClassUtils.isPresent(type, ServiceTestInitializer.class.getClassLoader());
        }
    }
}
