package com.flashsale.order.checkout;

import com.flashsale.platform.messaging.EventBatches;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

@Component
class ReservationEventsListener {

    private final EventBatches batches;
    private final Checkout checkout;

    ReservationEventsListener(EventBatches batches, Checkout checkout) {
        this.batches = batches;
        this.checkout = checkout;
    }

    @KafkaListener(topics = "inventory.reservation", groupId = "order-service")
    void on(List<ConsumerRecord<String, byte[]>> messages) {
        batches.handle("order-service", messages, ReservationFact.TYPES, checkout::inventorySays);
    }
}
