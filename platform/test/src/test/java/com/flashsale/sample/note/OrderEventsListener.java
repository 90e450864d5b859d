package com.flashsale.sample.note;

import com.flashsale.platform.inbox.Inbox;
import com.flashsale.platform.messaging.Event;
import com.flashsale.platform.messaging.EventBatches;
import com.flashsale.platform.time.Ids;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

@Component
class OrderEventsListener {

    private static final Map<String, Class<?>> TYPES =
            Map.of("com.flashsale.sample.order.placed.v1", OrderPlaced.class);

    private final EventBatches batches;
    private final Inbox inbox;
    private final WriteNote writeNote;

    OrderEventsListener(EventBatches batches, Inbox inbox, WriteNote writeNote) {
        this.batches = batches;
        this.inbox = inbox;
        this.writeNote = writeNote;
    }

    record OrderPlaced(UUID customerId, String text) {}

    @KafkaListener(topics = "sample.order", groupId = "sample-service")
    void on(List<ConsumerRecord<String, byte[]>> messages) {
        batches.handle("sample-service", messages, TYPES, events -> events.forEach(this::copy));
    }

    private void copy(Event event) {
        var order = (OrderPlaced) event.data();
        inbox.once("sample", event.id(), () -> writeNote.write(new Note(Ids.next(), order.customerId(), order.text())));
    }
}
