package com.flashsale.inventory.stock;

import com.flashsale.platform.loadtest.Tombstones;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaTemplate;

/** Purges the stock of a load test's sales outside the tables: in its compacted topic. */
@Configuration(proxyBeanMethods = false)
class StockPurgeTarget {

    @Bean
    Tombstones stockTombstones(KafkaTemplate<String, byte[]> kafka, Stocks stocks) {
        return new Tombstones(
                kafka,
                StockSnapshot.TOPIC,
                run -> stocks.of(run).stream()
                        .map(sale -> sale.value().toString())
                        .toList());
    }
}
