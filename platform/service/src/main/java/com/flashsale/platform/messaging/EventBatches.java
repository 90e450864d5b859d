package com.flashsale.platform.messaging;

import com.flashsale.platform.database.DatabaseFailures;
import com.flashsale.platform.observability.SharedWork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.KafkaException;

/**
 * Hands a poll to a handler as one batch, and keeps one bad message from stopping the others: unreadable ones are set
 * aside; when the handler fails, its messages are tried one by one and only those that fail alone are set aside. An
 * event that came too early holds up the events of its key, and the next poll once ({@link OverdueKeys}). A fault of
 * the infrastructure is no fault of a message: it is thrown on, and the container delivers the poll again until the
 * infrastructure is back.
 */
public class EventBatches {

    private static final Logger log = LoggerFactory.getLogger(EventBatches.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration MOMENT = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final EventReader reader;
    private final DeadLetters deadLetters;
    private final Duration patience;
    private final SetAside setAside = new SetAside();
    private final OverdueKeys overdue = new OverdueKeys();

    EventBatches(EventReader reader, DeadLetters deadLetters, Duration patience) {
        this.reader = reader;
        this.deadLetters = deadLetters;
        this.patience = patience;
    }

    /**
     * @param consumer who reads, for the dead letters
     * @param types the CloudEvents types that matter and the record that each is read into
     * @param handler must be idempotent and all-or-nothing (one transaction, inbox inside)
     */
    public void handle(
            String consumer,
            List<ConsumerRecord<String, byte[]>> messages,
            Map<String, Class<?>> types,
            Consumer<List<Event>> handler) {
        var batch = readable(consumer, messages, types);
        try {
            var late = batch.stream()
                    .filter(one -> overdue.contains(consumer, one))
                    .toList();
            var punctual = late.isEmpty() ? batch : without(batch, late);
            if (!punctual.isEmpty()) together(consumer, punctual, handler);
            // after the punctual ones, which must not wait for them; each once, in its order
            late.forEach(one -> alone(consumer, one, handler, true));
        } finally {
            batch.forEach(Delivery::end);
        }
        setAside.forget(messages);
    }

    private static List<Delivery> without(List<Delivery> batch, List<Delivery> late) {
        var left = new ArrayList<>(batch);
        left.removeAll(new HashSet<>(late));
        return left;
    }

    private void together(String consumer, List<Delivery> batch, Consumer<List<Event>> handler) {
        var origins = batch.stream().map(one -> one.event().origin()).toList();
        try (var _ = SharedWork.open(consumer + " batch", origins)) {
            patiently(batch.stream().map(Delivery::event).toList(), handler);
            setAside.succeeded(consumer);
        } catch (PrerequisiteMissingException early) {
            log.debug(
                    "{}: an event of a batch of {} came early, events are handled one by one: {}",
                    consumer,
                    batch.size(),
                    early.getMessage());
            oneByOne(consumer, batch, handler);
        } catch (RuntimeException failure) {
            if (isInfrastructure(failure)) throw failure;
            log.warn(
                    "{}: a batch of {} failed, events are retried one by one: {}",
                    consumer,
                    batch.size(),
                    failure.toString());
            oneByOne(consumer, batch, handler);
        }
    }

    /**
     * Most early events are early by a moment: that is waited for together, which costs one transaction instead of
     * many.
     */
    private static void patiently(List<Event> events, Consumer<List<Event>> handler) {
        for (var pause = FIRST_PAUSE; ; pause = pause.multipliedBy(2)) {
            try {
                handler.accept(events);
                return;
            } catch (PrerequisiteMissingException early) {
                if (pause.compareTo(MOMENT) > 0) throw early;
                pause(pause);
            }
        }
    }

    private List<Delivery> readable(
            String consumer, List<ConsumerRecord<String, byte[]>> messages, Map<String, Class<?>> types) {
        var batch = new ArrayList<Delivery>(messages.size());
        for (var message : messages) {
            if (setAside.contains(message)) continue;
            try {
                reader.read(message, types).ifPresent(event -> batch.add(Delivery.begin(consumer, message, event)));
            } catch (UnreadableEventException poison) {
                setAside(consumer, message, poison);
            }
        }
        return batch;
    }

    /** Each event in its order; the events of a key wait for an early one before them, those of other keys do not. */
    private void oneByOne(String consumer, List<Delivery> batch, Consumer<List<Event>> handler) {
        var deadline = System.nanoTime() + patience.toNanos();
        var pause = FIRST_PAUSE;
        var left = batch;
        while (true) {
            boolean last = System.nanoTime() - deadline > 0;
            left = early(consumer, left, handler, last);
            if (left.isEmpty()) return;
            pause(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    /** The events that are still too early, and those of their keys behind them; none after the last try. */
    private List<Delivery> early(String consumer, List<Delivery> batch, Consumer<List<Event>> handler, boolean last) {
        var keys = new HashSet<@Nullable String>();
        var left = new ArrayList<Delivery>();
        for (var one : batch) {
            if (keys.contains(one.event().key()) || !alone(consumer, one, handler, last)) {
                keys.add(one.event().key());
                left.add(one);
            }
        }
        return left;
    }

    /** False if the event came too early and may be tried once more. */
    private boolean alone(String consumer, Delivery one, Consumer<List<Event>> handler, boolean last) {
        try (var _ = one.event().origin().open()) {
            handler.accept(List.of(one.event()));
            setAside.succeeded(consumer);
            overdue.remove(consumer, one);
        } catch (RuntimeException failure) {
            boolean early = failure instanceof PrerequisiteMissingException;
            if (early && !last) return false;
            one.failed(failure);
            if (isInfrastructure(failure)) throw failure;
            if (early) overdue.add(consumer, one);
            else setAside.failed(consumer, failure);
            setAside(consumer, one.message(), failure);
        }
        return true;
    }

    private void setAside(String consumer, ConsumerRecord<String, byte[]> message, RuntimeException why) {
        deadLetters.set(message, consumer, why);
        setAside.add(message);
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new KafkaException("stopped while waiting for an earlier event", stopping);
        }
    }

    private static boolean isInfrastructure(RuntimeException failure) {
        return failure instanceof KafkaException
                || failure instanceof org.apache.kafka.common.KafkaException
                || DatabaseFailures.isInfrastructure(failure);
    }
}
