package com.flashsale.inventory.stock;

import com.flashsale.platform.messaging.Event;
import com.flashsale.platform.messaging.EventBatches;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Listens to the events of sales. Each carries the full facts, so that all types are read alike. */
@Component
class SaleEventsListener {

    /** A group of its own: when its members change, the consumers of orders go on undisturbed. */
    private static final String GROUP = "inventory-service.sale";

    private static final Map<String, Class<?>> TYPES = Map.of(
            "com.flashsale.catalog.sale.scheduled.v1", SaleFacts.class,
            "com.flashsale.catalog.sale.changed.v1", SaleFacts.class,
            "com.flashsale.catalog.sale.paused.v1", SaleFacts.class,
            "com.flashsale.catalog.sale.resumed.v1", SaleFacts.class,
            "com.flashsale.catalog.sale.ended.v1", SaleFacts.class);

    private final EventBatches batches;
    private final AllotUnits allotUnits;

    SaleEventsListener(EventBatches batches, AllotUnits allotUnits) {
        this.batches = batches;
        this.allotUnits = allotUnits;
    }

    @KafkaListener(id = "sales", groupId = GROUP, topics = "catalog.sale")
    void on(List<ConsumerRecord<String, byte[]>> messages) {
        batches.handle(GROUP, messages, TYPES, this::allot);
    }

    private void allot(List<Event> events) {
        allotUnits.allot(events.stream()
                .map(event -> new AllotUnits.Command(event.id(), (SaleFacts) event.data(), event.origin()))
                .toList());
    }
}
