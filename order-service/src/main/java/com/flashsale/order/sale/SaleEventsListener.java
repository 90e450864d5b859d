package com.flashsale.order.sale;

import com.flashsale.platform.loadtest.LoadRunPurged;
import com.flashsale.platform.messaging.Event;
import com.flashsale.platform.messaging.EventBatches;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.context.event.EventListener;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Copies catalog's facts. No inbox: the version makes each event harmless when it comes again. */
@Component
class SaleEventsListener {

    private static final String PREFIX = "com.flashsale.catalog.sale.";
    private static final Map<String, Class<?>> TYPES = Map.of(
            PREFIX + "scheduled.v1", SaleFacts.class,
            PREFIX + "changed.v1", SaleFacts.class,
            PREFIX + "paused.v1", SaleFacts.class,
            PREFIX + "resumed.v1", SaleFacts.class,
            PREFIX + "ended.v1", SaleFacts.class);

    private final EventBatches batches;
    private final Sales sales;
    private final SaleCache knownSales;
    private final TransactionTemplate transaction;

    SaleEventsListener(EventBatches batches, Sales sales, SaleCache knownSales, TransactionTemplate transaction) {
        this.batches = batches;
        this.sales = sales;
        this.knownSales = knownSales;
        this.transaction = transaction;
    }

    @KafkaListener(topics = "catalog.sale", groupId = "order-service-sales")
    void on(List<ConsumerRecord<String, byte[]>> messages) {
        batches.handle("order-service", messages, TYPES, this::learn);
    }

    @EventListener(LoadRunPurged.class)
    void forget() {
        knownSales.forgetAll();
    }

    private void learn(List<Event> events) {
        var newest = new HashMap<UUID, Sale>();
        for (var event : events) {
            var sale = ((SaleFacts) event.data()).toSale(event.loadTest());
            newest.merge(sale.id(), sale, (old, other) -> other.version() > old.version() ? other : old);
        }
        // in the order of their ids: two replicas that replay the topic must not lock each other out
        var ordered = newest.values().stream()
                .sorted((one, other) -> one.id().compareTo(other.id()))
                .toList();
        transaction.executeWithoutResult(_ -> ordered.forEach(sales::learn));
        knownSales.changed(newest.keySet());
    }
}
