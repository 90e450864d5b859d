package com.flashsale.platform.inbox;

import com.flashsale.platform.database.OldRows;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.transaction.PlatformTransactionManager;

/** Switched on with the topics that a service consumes: {@code platform.messaging.consumes}. */
@AutoConfiguration
@EnableScheduling
@ConditionalOnProperty("platform.messaging.consumes")
public class InboxAutoConfiguration {

    @Bean
    Inbox inbox(JdbcClient jdbc) {
        return new Inbox(jdbc);
    }

    @Bean
    InboxCleanup inboxCleanup(JdbcClient jdbc, PlatformTransactionManager transactions, MeterRegistry meters) {
        return new InboxCleanup(new OldRows(jdbc, transactions, meters, "inbox", "received_at"));
    }
}
