package com.flashsale.waitlist.sale;

import com.flashsale.platform.messaging.Event;
import com.flashsale.platform.messaging.EventBatches;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/**
 * Reads the events of sales: each carries the full facts, so all types are read alike. It needs no inbox: the version
 * recognises a repeated event, even long after an inbox would have forgotten it.
 */
@Component
class SaleEventsListener {

    private static final String GROUP = "waitlist-service.sale";

    private static final Map<String, Class<?>> TYPES = Map.of(
            "com.flashsale.catalog.sale.scheduled.v1", SaleFacts.class,
            "com.flashsale.catalog.sale.changed.v1", SaleFacts.class,
            "com.flashsale.catalog.sale.paused.v1", SaleFacts.class,
            "com.flashsale.catalog.sale.resumed.v1", SaleFacts.class,
            "com.flashsale.catalog.sale.ended.v1", SaleFacts.class);

    private final EventBatches batches;
    private final Sales sales;
    private final SaleCache saleCache;
    private final ApplicationEventPublisher changes;

    SaleEventsListener(EventBatches batches, Sales sales, SaleCache saleCache, ApplicationEventPublisher changes) {
        this.batches = batches;
        this.sales = sales;
        this.saleCache = saleCache;
        this.changes = changes;
    }

    @KafkaListener(id = "sales", groupId = GROUP, topics = "catalog.sale")
    void on(List<ConsumerRecord<String, byte[]>> messages) {
        batches.handle(GROUP, messages, TYPES, this::learn);
    }

    private void learn(List<Event> events) {
        for (var event : events) {
            var sale = ((SaleFacts) event.data()).toSale(event.loadTest());
            sales.store(sale);
            saleCache.learn(sale);
            changes.publishEvent(new Sale.Changed(sale.id()));
        }
    }
}
