package com.flashsale.platform.mechanism;

import com.flashsale.platform.inbox.Inbox;
import com.flashsale.platform.messaging.Event;
import com.flashsale.platform.messaging.EventBatches;
import com.flashsale.platform.messaging.PrerequisiteMissingException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes one row per message, in the transaction of its inbox marker. */
@Component
class ThingListener {

    static final String TYPE = "com.flashsale.mechanism.thing.counted.v1";

    /** The number at which the handler fails, always. */
    static final int BAD_LUCK = -13;

    record Counted(String key, int number) {}

    /** Lets the number 404 through: stands for an event that must come first. */
    final AtomicBoolean gateOpen = new AtomicBoolean();

    /** While it is set, the database is read-only for the handler. */
    final AtomicBoolean readOnly = new AtomicBoolean();

    /** While it is set, every message fails. */
    final AtomicBoolean failing = new AtomicBoolean();

    /** The next call ends by an error, which ends the consumer. */
    final AtomicBoolean dying = new AtomicBoolean();

    private final EventBatches batches;
    private final Inbox inbox;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    ThingListener(EventBatches batches, Inbox inbox, JdbcClient jdbc, TransactionTemplate transaction) {
        this.batches = batches;
        this.inbox = inbox;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    @KafkaListener(
            topics = {"thing", "thing.command"},
            groupId = "mechanism")
    void on(List<ConsumerRecord<String, byte[]>> messages) {
        batches.handle("mechanism", messages, Map.of(TYPE, Counted.class), this::count);
    }

    private void count(List<Event> events) {
        if (dying.getAndSet(false)) throw new LinkageError("the consumer ends here");
        transaction.executeWithoutResult(_ -> {
            if (readOnly.get()) jdbc.sql("set transaction read only").update();
            var fresh =
                    inbox.firstSeen("mechanism", events.stream().map(Event::id).toList());
            events.stream().filter(event -> fresh.remove(event.id())).forEach(this::write);
        });
    }

    private void write(Event event) {
        var counted = (Counted) event.data();
        if (counted.number() == BAD_LUCK || failing.get()) throw new IllegalArgumentException("bad luck");
        if (counted.number() == 404 && !gateOpen.get()) throw new PrerequisiteMissingException("the gate is closed");
        jdbc.sql("insert into effect (message_id, key, number) values (:id, :key, :number)")
                .param("id", event.id())
                .param("key", counted.key())
                .param("number", counted.number())
                .update();
    }
}
