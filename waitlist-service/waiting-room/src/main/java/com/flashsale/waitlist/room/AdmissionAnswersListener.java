package com.flashsale.waitlist.room;

import com.flashsale.platform.messaging.Event;
import com.flashsale.platform.messaging.EventBatches;
import com.flashsale.waitlist.admission.AdmissionNews.AdmissionVoided;
import com.flashsale.waitlist.admission.AdmissionNews.OrderPlaced;
import com.flashsale.waitlist.admission.SettleAdmissions;
import com.flashsale.waitlist.sale.LoadTestSales;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Reads order-service's answers about withdrawn admissions: used before that, or void for ever. */
@Component
class AdmissionAnswersListener {

    private static final String GROUP = "waitlist-service.admission";
    private static final Map<String, Class<?>> TYPES = Map.of(
            "com.flashsale.order.admission.used.v1", OrderPlaced.class,
            "com.flashsale.order.admission.voided.v1", AdmissionVoided.class);

    private final EventBatches batches;
    private final SettleAdmissions settleAdmissions;
    private final Promises promises;
    private final LoadTestSales loadTestSales;

    AdmissionAnswersListener(
            EventBatches batches, SettleAdmissions settleAdmissions, Promises promises, LoadTestSales loadTestSales) {
        this.batches = batches;
        this.settleAdmissions = settleAdmissions;
        this.promises = promises;
        this.loadTestSales = loadTestSales;
    }

    @KafkaListener(id = "admissions", groupId = GROUP, topics = "order.admission")
    void on(List<ConsumerRecord<String, byte[]>> messages) {
        batches.handle(GROUP, messages, TYPES, this::answered);
    }

    private void answered(List<Event> events) {
        loadTestSales.noteEarly(events, event -> event.data() instanceof OrderPlaced used ? used.saleId() : null);
        var used = dataOf(events, OrderPlaced.class);
        var voided = dataOf(events, AdmissionVoided.class);
        if (!used.isEmpty()) promises.tell(settleAdmissions.ordered(used), List.of());
        if (!voided.isEmpty()) promises.tell(settleAdmissions.voided(voided), List.of());
    }

    private static <T> List<T> dataOf(List<Event> events, Class<T> type) {
        return events.stream()
                .map(Event::data)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
