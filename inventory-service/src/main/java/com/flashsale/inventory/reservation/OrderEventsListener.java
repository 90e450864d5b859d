package com.flashsale.inventory.reservation;

import com.flashsale.platform.messaging.Event;
import com.flashsale.platform.messaging.EventBatches;
import com.flashsale.platform.messaging.PrerequisiteMissingException;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** The orders of a sale arrive on one partition, in order; one poll is one decision of the whole batch. */
@Component
class OrderEventsListener {

    private static final String GROUP = "inventory-service";

    private final EventBatches batches;
    private final DecideOrders decideOrders;
    private final ReservationMetrics metrics;

    OrderEventsListener(EventBatches batches, DecideOrders decideOrders, ReservationMetrics metrics) {
        this.batches = batches;
        this.decideOrders = decideOrders;
        this.metrics = metrics;
    }

    @KafkaListener(id = "orders", groupId = GROUP, topics = "order.order", concurrency = "${inventory.order-consumers}")
    void on(List<ConsumerRecord<String, byte[]>> messages) {
        batches.handle(GROUP, messages, OrderMessage.TYPES, this::decide);
    }

    private void decide(List<Event> events) {
        var batch = events.stream()
                .map(event -> new DecideOrders.Command(
                        event.id(), ((OrderMessage) event.data()).toFact(event.loadTest()), event.origin()))
                .toList();
        var outcome = metrics.timed(batch.size(), () -> decideOrders.decide(batch));
        if (!outcome.unknown().isEmpty()) {
            // The others are decided and stay so; these are tried again, since their sale may be moments behind them.
            throw new PrerequisiteMissingException("no stock was allotted yet for " + outcome.unknown());
        }
    }
}
