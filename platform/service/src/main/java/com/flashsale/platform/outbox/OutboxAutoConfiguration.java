package com.flashsale.platform.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.scheduling.annotation.EnableScheduling;
import tools.jackson.databind.json.JsonMapper;

/** Switched on by {@code platform.outbox.enabled: true}. */
@AutoConfiguration
@EnableScheduling
@ConditionalOnProperty("platform.outbox.enabled")
@EnableConfigurationProperties(OutboxSettings.class)
public class OutboxAutoConfiguration {

    @Bean
    OutboxRelay outboxRelay(
            DataSource dataSource, KafkaTemplate<String, byte[]> kafka, OutboxSettings settings, RelaySends sends) {
        return new OutboxRelay(dataSource, kafka, settings, sends);
    }

    @Bean
    RelaySends relaySends(
            KafkaTemplate<String, byte[]> kafka,
            OutboxSettings settings,
            MeterRegistry meters,
            Environment environment) {
        var produced = Binder.get(environment)
                .bind("platform.messaging.produces", Bindable.mapOf(String.class, Object.class))
                .orElse(Map.of());
        var source = "/" + environment.getRequiredProperty("spring.application.name");
        return new RelaySends(kafka, source, settings.sendTimeout(), meters, produced.keySet());
    }

    @Bean
    Outbox outbox(JdbcClient jdbc, JsonMapper json, Clock clock, OutboxRelay relay) {
        return new Outbox(jdbc, json, clock, relay::wake);
    }

    @Bean
    OutboxAge outboxAge(JdbcClient jdbc, MeterRegistry meters) {
        return new OutboxAge(jdbc, meters);
    }
}
