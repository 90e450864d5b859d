package com.flashsale.platform.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
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
            DataSource dataSource,
            KafkaTemplate<String, byte[]> kafka,
            OutboxSettings settings,
            @Value("${spring.application.name}") String application) {
        return new OutboxRelay(dataSource, kafka, settings, "/" + application);
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
