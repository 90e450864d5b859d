package com.flashsale.platform.test;

import com.flashsale.engines.PostgresEngine;
import com.flashsale.engines.ThrowawayEngines;

/** The programs of infra/engines as child processes. */
final class EmbeddedEngines implements EngineProvider {

    private record EmbeddedPostgres(PostgresEngine engine) implements TestEngines.Postgres {
        @Override
        public void createDatabase(String name, String role, String password) {
            engine.createDatabase(name, role, password);
        }

        @Override
        public String url(String database) {
            return engine.url(database);
        }
    }

    private record EmbeddedRedis(String host, int port, String password) implements TestEngines.Redis {}

    private record EmbeddedKafka(String url) implements TestEngines.Kafka {}

    private final ThrowawayEngines engines = new ThrowawayEngines();

    @Override
    public TestEngines.Postgres postgres() {
        return new EmbeddedPostgres(engines.postgres());
    }

    @Override
    public TestEngines.Redis redis() {
        var redis = engines.redis();
        return new EmbeddedRedis("127.0.0.1", redis.port(), redis.password());
    }

    @Override
    public TestEngines.Kafka kafka() {
        return new EmbeddedKafka(engines.kafka().url());
    }
}
