package com.flashsale.waitlist.room;

import com.flashsale.platform.messaging.Event;
import com.flashsale.platform.messaging.EventBatches;
import com.flashsale.waitlist.admission.AdmissionNews.OrderDecided;
import com.flashsale.waitlist.admission.AdmissionNews.UnitsSettled;
import com.flashsale.waitlist.admission.SettleAdmissions;
import com.flashsale.waitlist.sale.LoadTestSales;
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
    private static final String SOLD = "com.flashsale.inventory.reservation.confirmed.v1";
    private static final Map<String, Class<?>> TYPES = Map.of(
            "com.flashsale.inventory.reservation.held.v1",
            OrderDecided.class,
            "com.flashsale.inventory.reservation.refused.v1",
            OrderDecided.class,
            SOLD,
            UnitsSettled.class,
            "com.flashsale.inventory.reservation.released.v1",
            UnitsSettled.class,
            "com.flashsale.inventory.reservation.expired.v1",
            UnitsSettled.class);

    private final EventBatches batches;
    private final SettleAdmissions settleAdmissions;
    private final Promises promises;
    private final LoadTestSales loadTestSales;

    ReservationEventsListener(
            EventBatches batches, SettleAdmissions settleAdmissions, Promises promises, LoadTestSales loadTestSales) {
        this.batches = batches;
        this.settleAdmissions = settleAdmissions;
        this.promises = promises;
        this.loadTestSales = loadTestSales;
    }

    @KafkaListener(id = "reservations", groupId = GROUP, topics = "inventory.reservation")
    void on(List<ConsumerRecord<String, byte[]>> messages) {
        batches.handle(GROUP, messages, TYPES, this::decided);
    }

    private void decided(List<Event> events) {
        loadTestSales.noteEarly(
                events,
                event -> event.data() instanceof OrderDecided decided
                        ? decided.saleId()
                        : ((UnitsSettled) event.data()).saleId());
        var decided = events.stream()
                .map(Event::data)
                .filter(OrderDecided.class::isInstance)
                .map(OrderDecided.class::cast)
                .toList();
        if (!decided.isEmpty()) {
            var stocks = decided.stream().map(OrderDecided::toStock).toList();
            promises.tell(settleAdmissions.decided(decided), stocks);
        }
        var settled = events.stream()
                .filter(event -> event.data() instanceof UnitsSettled)
                .map(event -> ((UnitsSettled) event.data()).of(event.type().equals(SOLD)))
                .toList();
        if (!settled.isEmpty()) settleAdmissions.settled(settled);
    }
}
