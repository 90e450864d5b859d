package com.flashsale.waitlist.room;

import com.flashsale.platform.messaging.Event;
import com.flashsale.platform.messaging.EventBatches;
import com.flashsale.waitlist.admission.AdmissionNews.OrderPlaced;
import com.flashsale.waitlist.admission.SettleAdmissions;
import com.flashsale.waitlist.sale.LoadTestSales;
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
    private final SettleAdmissions settleAdmissions;
    private final Promises promises;
    private final LoadTestSales loadTestSales;

    OrderEventsListener(
            EventBatches batches, SettleAdmissions settleAdmissions, Promises promises, LoadTestSales loadTestSales) {
        this.batches = batches;
        this.settleAdmissions = settleAdmissions;
        this.promises = promises;
        this.loadTestSales = loadTestSales;
    }

    @KafkaListener(id = "orders", groupId = GROUP, topics = "order.order")
    void on(List<ConsumerRecord<String, byte[]>> messages) {
        batches.handle(GROUP, messages, TYPES, this::placed);
    }

    private void placed(List<Event> events) {
        loadTestSales.noteEarly(events, event -> ((OrderPlaced) event.data()).saleId());
        var placed = events.stream().map(event -> (OrderPlaced) event.data()).toList();
        promises.tell(settleAdmissions.ordered(placed), List.of());
    }
}
