package com.flashsale.waitlist.room;

import com.flashsale.platform.messaging.EventBatches;
import com.flashsale.waitlist.admission.AdmissionNews.OrderDecided;
import com.flashsale.waitlist.admission.AdmissionNews.UnitsFreed;
import com.flashsale.waitlist.admission.AdmissionNews.UnitsSold;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/**
 * Reads inventory's decisions about orders: the promise of an order ends in the step that makes the stock after it
 * known. A later change of a reservation moves the stock, which {@code inventory.stock} reports too, and the number of
 * units that its customer may still buy.
 */
@Component
class ReservationEventsListener {

    private static final String GROUP = "waitlist-service.reservation";
    private static final Map<String, Class<?>> TYPES = Map.of(
            "com.flashsale.inventory.reservation.held.v1", OrderDecided.class,
            "com.flashsale.inventory.reservation.refused.v1", OrderDecided.class,
            "com.flashsale.inventory.reservation.confirmed.v1", UnitsSold.class,
            "com.flashsale.inventory.reservation.released.v1", UnitsFreed.class,
            "com.flashsale.inventory.reservation.expired.v1", UnitsFreed.class);

    private final EventBatches batches;
    private final FollowNews followNews;

    ReservationEventsListener(EventBatches batches, FollowNews followNews) {
        this.batches = batches;
        this.followNews = followNews;
    }

    @KafkaListener(id = "reservations", groupId = GROUP, topics = "inventory.reservation")
    void on(List<ConsumerRecord<String, byte[]>> messages) {
        batches.handle(GROUP, messages, TYPES, followNews::follow);
    }
}
