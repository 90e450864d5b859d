package com.flashsale.platform.messaging;

import com.flashsale.platform.observability.SharedWork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.kafka.KafkaException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/**
 * Hands a poll to a handler as one batch, and keeps one bad message from stopping the others:
 * unreadable ones are set aside at once; when the handler fails, its messages are tried one by one and only those that fail alone are set
 * aside. A lost database or broker is nobody's fault: it is thrown on, and the container delivers the batch again until it is back.
 */
public class EventBatches {

    private static final Logger log = LoggerFactory.getLogger(EventBatches.class);

    /** How long a batch may wait for an event that must come first; well under max.poll.interval.ms (5 min). */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final EventReader reader;
    private final DeadLetters deadLetters;

    EventBatches(EventReader reader, DeadLetters deadLetters) {
        this.reader = reader;
        this.deadLetters = deadLetters;
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
        if (batch.isEmpty()) return;
        try {
            together(consumer, batch, handler);
        } finally {
            batch.forEach(Delivery::end);
        }
    }

    private void together(String consumer, List<Delivery> batch, Consumer<List<Event>> handler) {
        var origins = batch.stream().map(one -> one.event().origin()).toList();
        try (var _ = SharedWork.open(consumer + " batch", origins)) {
            patiently(batch, handler);
        } catch (RuntimeException failure) {
            if (isInfrastructure(failure)) throw failure;
            log.warn("{}: a batch of {} failed, trying one by one: {}", consumer, batch.size(), failure.toString());
            for (var one : batch) alone(consumer, one, handler);
        }
    }

    private List<Delivery> readable(
            String consumer, List<ConsumerRecord<String, byte[]>> messages, Map<String, Class<?>> types) {
        var batch = new ArrayList<Delivery>(messages.size());
        for (var message : messages) {
            try {
                reader.read(message, types).ifPresent(event -> batch.add(Delivery.begin(consumer, message, event)));
            } catch (UnreadableEventException poison) {
                deadLetters.set(message, consumer, poison);
            }
        }
        return batch;
    }

    private void alone(String consumer, Delivery one, Consumer<List<Event>> handler) {
        try (var _ = one.event().origin().open()) {
            handler.accept(List.of(one.event()));
        } catch (RuntimeException failure) {
            one.failed(failure);
            if (isInfrastructure(failure)) throw failure;
            deadLetters.set(one.message(), consumer, failure);
        }
    }

    private static void patiently(List<Delivery> batch, Consumer<List<Event>> handler) {
        var events = batch.stream().map(Delivery::event).toList();
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        var pause = FIRST_PAUSE;
        while (true) {
            try {
                handler.accept(events);
                return;
            } catch (NotYetException early) {
                if (System.nanoTime() - deadline > 0) throw early;
                pause(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new KafkaException("stopped while waiting for an earlier event", stopping);
        }
    }

    private static boolean isInfrastructure(@Nullable Throwable failure) {
        return switch (failure) {
            case null -> false;
            case TransientDataAccessException _,
                    RecoverableDataAccessException _,
                    DataAccessResourceFailureException _,
                    CannotCreateTransactionException _,
                    TransactionSystemException _,
                    KafkaException _ -> true;
            default -> false;
        };
    }
}
