package com.flashsale.platform.idempotency;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Switched on by {@code platform.idempotency.enabled: true}. */
@AutoConfiguration
@EnableScheduling
@ConditionalOnProperty("platform.idempotency.enabled")
public class IdempotencyAutoConfiguration {

    @Bean
    Idempotency idempotency(JdbcClient jdbc) {
        return new Idempotency(jdbc);
    }

    @Bean
    IdempotencyCleanup idempotencyCleanup(JdbcClient jdbc) {
        return new IdempotencyCleanup(jdbc);
    }
}
