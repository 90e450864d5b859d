package com.flashsale.platform.loadtest;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Load-test support in each service. A process outside the platform turns it off: {@code platform.load-tests.enabled:
 * false}.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "platform.load-tests.enabled", matchIfMissing = true)
public class LoadTestAutoConfiguration {

    @Bean
    LoadSwitch loadSwitch(JdbcClient jdbc) {
        return new LoadSwitch(jdbc);
    }

    /** Its dependency on {@link JdbcClient} places it after the migrations. */
    @Bean
    LoadTests loadTests(LoadSwitch stored, ApplicationEventPublisher events) {
        return new LoadTests(stored, events);
    }

    @Bean
    RunKeys runKeys(JdbcClient jdbc) {
        return new RunKeys(jdbc);
    }

    @Bean
    PurgeRun purgeRun(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            ObjectProvider<TagOwner> owners,
            ObjectProvider<PurgeTarget> traces) {
        return new PurgeRun(
                jdbc,
                transactions,
                owners.orderedStream().toList(),
                traces.orderedStream().toList());
    }

    @Bean
    LoadTestController loadTestController(LoadTests loadTests, LoadSwitch stored, PurgeRun purgeRun) {
        return new LoadTestController(loadTests, stored, purgeRun);
    }
}
