package com.flashsale.platform.idempotency;

import com.flashsale.platform.database.OldRows;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.transaction.PlatformTransactionManager;

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
    IdempotencyCleanup idempotencyCleanup(
            JdbcClient jdbc, PlatformTransactionManager transactions, MeterRegistry meters) {
        return new IdempotencyCleanup(new OldRows(jdbc, transactions, meters, "idempotency_record", "created_at"));
    }
}
