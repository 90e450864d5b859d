package com.flashsale.order.placement;

import com.flashsale.platform.messaging.EventBatches;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

@Component
class AdmissionEventsListener {

    private static final Map<String, Class<?>> TYPES =
            Map.of("com.flashsale.waitlist.admission.withdrawn.v1", AdmissionWithdrawn.class);

    private final EventBatches batches;
    private final VoidAdmissions voidAdmissions;

    AdmissionEventsListener(EventBatches batches, VoidAdmissions voidAdmissions) {
        this.batches = batches;
        this.voidAdmissions = voidAdmissions;
    }

    @KafkaListener(topics = "waitlist.admission", groupId = "order-service-admissions")
    void on(List<ConsumerRecord<String, byte[]>> messages) {
        batches.handle(
                "order-service",
                messages,
                TYPES,
                events -> voidAdmissions.withdrawn(events.stream()
                        .map(event -> ((AdmissionWithdrawn) event.data()).causedBy(event.origin()))
                        .toList()));
    }
}
