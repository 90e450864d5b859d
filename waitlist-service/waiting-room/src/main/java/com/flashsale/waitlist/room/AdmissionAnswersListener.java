package com.flashsale.waitlist.room;

import com.flashsale.platform.messaging.EventBatches;
import com.flashsale.waitlist.admission.AdmissionNews.AdmissionVoided;
import com.flashsale.waitlist.admission.AdmissionNews.OrderPlaced;
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
    private final FollowNews followNews;

    AdmissionAnswersListener(EventBatches batches, FollowNews followNews) {
        this.batches = batches;
        this.followNews = followNews;
    }

    @KafkaListener(id = "admissions", groupId = GROUP, topics = "order.admission")
    void on(List<ConsumerRecord<String, byte[]>> messages) {
        batches.handle(GROUP, messages, TYPES, followNews::follow);
    }
}
