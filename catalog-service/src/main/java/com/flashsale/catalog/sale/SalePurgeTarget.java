package com.flashsale.catalog.sale;

import com.flashsale.platform.loadtest.LoadRunPurged;
import com.flashsale.platform.loadtest.TagOwner;
import com.flashsale.platform.loadtest.Tombstones;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.kafka.core.KafkaTemplate;

/** Purges the sales of a load test: in all tables, in the compacted topic, and in the memory of public reads. */
@Configuration(proxyBeanMethods = false)
class SalePurgeTarget {

    private final SaleReads reads;

    SalePurgeTarget(SaleReads reads) {
        this.reads = reads;
    }

    @Bean
    TagOwner saleOfRows() {
        return new TagOwner("sale_id", "sale", "id", false);
    }

    @Bean
    Tombstones saleTombstones(KafkaTemplate<String, byte[]> kafka, Sales sales) {
        return new Tombstones(
                kafka,
                SaleEvent.TOPIC,
                run -> sales.of(run).stream().map(UUID::toString).toList());
    }

    @EventListener(LoadRunPurged.class)
    void forget() {
        reads.forgetAll();
    }
}
