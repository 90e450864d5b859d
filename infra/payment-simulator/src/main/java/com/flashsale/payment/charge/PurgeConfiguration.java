package com.flashsale.payment.charge;

import com.flashsale.platform.loadtest.PurgeRun;
import com.flashsale.platform.loadtest.TagOwner;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** The removal alone: a provider has no switch of its merchant's load tests, and nothing outside its tables. */
@Configuration(proxyBeanMethods = false)
class PurgeConfiguration {

    @Bean
    PurgeRun purgeRun(JdbcClient jdbc, PlatformTransactionManager transactions) {
        var chargeOfEntries = new TagOwner("charge_key", "charge", "key", true);
        return new PurgeRun(jdbc, transactions, List.of(chargeOfEntries), List.of());
    }
}
