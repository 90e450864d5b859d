package com.flashsale.inventory.stock;

import com.flashsale.platform.loadtest.TagOwner;
import com.flashsale.platform.loadtest.Tombstones;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaTemplate;

/** Purges the sales of a load test: their rows in all tables, and their stock in its compacted topic. */
@Configuration(proxyBeanMethods = false)
class StockPurgeTarget {

    /** Here the row of a sale is its stock. */
    @Bean
    TagOwner saleOfRows() {
        return new TagOwner("sale_id", "stock", "sale_id", false);
    }

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
