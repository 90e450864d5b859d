package com.flashsale.waitlist.room;

import com.flashsale.platform.messaging.EventBatches;
import com.flashsale.waitlist.admission.AdmissionNews.OrderPlaced;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** An order was placed: its admission is used, and its units stay promised until it is decided. */
@Component
class OrderEventsListener {

    private static final String GROUP = "waitlist-service.order";
    private static final Map<String, Class<?>> TYPES = Map.of("com.flashsale.order.order.placed.v1", OrderPlaced.class);

    private final EventBatches batches;
    private final FollowNews followNews;

    OrderEventsListener(EventBatches batches, FollowNews followNews) {
        this.batches = batches;
        this.followNews = followNews;
    }

    @KafkaListener(id = "orders", groupId = GROUP, topics = "order.order")
    void on(List<ConsumerRecord<String, byte[]>> messages) {
        batches.handle(GROUP, messages, TYPES, followNews::follow);
    }
}
