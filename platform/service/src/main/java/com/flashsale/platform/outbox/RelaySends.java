package com.flashsale.platform.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/**
 * Sends a batch of events and tells which ones Kafka has. A refused event holds up the later ones of its key, and a
 * refused topic its own: the order of a key is kept, and all other events go out.
 */
final class RelaySends {

    private static final Logger log = LoggerFactory.getLogger(RelaySends.class);
    private static final String METRIC = "outbox.refused";

    private static final List<Class<? extends Exception>> OF_THE_RECORD =
            List.of(RecordTooLargeException.class, SerializationException.class);

    private static final long KEY_PAUSE_NANOS = Duration.ofSeconds(5).toNanos();

    /** Keys that are left out at one time; further ones are tried with each batch. */
    private static final int KEYS = 1_000;

    private record Key(String topic, String key) {

        static Key of(OutboxRow row) {
            return new Key(row.topic(), row.key());
        }
    }

    private record Pending(OutboxRow row, CompletableFuture<?> sent) {}

    private final KafkaTemplate<String, byte[]> kafka;
    private final String source;
    private final Duration timeout;
    private final MeterRegistry meters;
    private final RefusedTopics topics;
    private final Map<String, Long> keys = new HashMap<>();

    /** @param produced topics whose counters exist from the start */
    RelaySends(
            KafkaTemplate<String, byte[]> kafka,
            String source,
            Duration timeout,
            MeterRegistry meters,
            Collection<String> produced) {
        this.kafka = kafka;
        this.source = source;
        this.timeout = timeout;
        this.meters = meters;
        this.topics = new RefusedTopics(kafka::partitionsFor);
        produced.forEach(topic -> meters.counter(METRIC, "topic", topic));
    }

    /** Topics whose events need not be read at the moment. */
    String[] refusedTopics() {
        return topics.names();
    }

    /** Keys whose events need not be read at the moment: an event of theirs can never be sent as it is. */
    String[] refusedKeys() {
        keys.values().removeIf(until -> System.nanoTime() - until > 0);
        return keys.keySet().toArray(String[]::new);
    }

    boolean isAnyRefused() {
        return refusedTopics().length + refusedKeys().length > 0;
    }

    /**
     * Sends all without waiting in between, then waits for each; the numbers of those that Kafka has acknowledged and
     * that may go.
     */
    List<Long> send(List<OutboxRow> rows) {
        var refused = new HashSet<String>();
        var unsent = new HashSet<Key>();
        var pending = new ArrayList<Pending>(rows.size());
        for (var row : rows) {
            if (refused.contains(row.topic()) || unsent.contains(Key.of(row))) continue;
            pending.add(new Pending(row, sending(row, unsent, refused)));
        }
        kafka.flush();
        var deadline = System.nanoTime() + timeout.toNanos();
        var held = new HashSet<Key>();
        var sent = new ArrayList<Long>(rows.size());
        boolean lost = false;
        for (var one : pending) {
            var failure = failureOf(one.sent(), deadline);
            // acknowledged behind one that was not: it goes out again, after that one
            if (failure == null && !held.contains(Key.of(one.row())))
                sent.add(one.row().seq());
            else if (failure != null) lost |= !isRefusal(one.row(), failure, held, refused);
        }
        settle(pending, refused);
        if (sent.isEmpty() && lost) throw new IllegalStateException("Kafka took none of " + rows.size() + " events");
        return sent;
    }

    private CompletableFuture<?> sending(OutboxRow row, Set<Key> unsent, Set<String> refused) {
        // an agent's span of the sending is then a child of what caused the event
        try (var _ = row.origin().open()) {
            return kafka.send(row.toRecord(source));
        } catch (RuntimeException atOnce) {
            // there is no such topic, or no right to it
            if (isCausedBy(atOnce, OF_THE_RECORD)) unsent.add(Key.of(row));
            else refused.add(row.topic());
            return CompletableFuture.failedFuture(atOnce);
        }
    }

    /** False if Kafka has not answered: that says nothing about the event or its topic. */
    private boolean isRefusal(OutboxRow row, Throwable failure, Set<Key> held, Set<String> refused) {
        meters.counter(METRIC, "topic", row.topic()).increment();
        held.add(Key.of(row));
        log.warn("Kafka rejected event {} for {}: {}", row.id(), row.topic(), failure.toString());
        if (isCausedBy(failure, OF_THE_RECORD)) {
            if (keys.size() < KEYS) keys.put(row.key(), System.nanoTime() + KEY_PAUSE_NANOS);
            return true;
        }
        if (!isCausedBy(failure, List.of(RetriableException.class))) refused.add(row.topic());
        return refused.contains(row.topic());
    }

    private void settle(List<Pending> pending, Set<String> refused) {
        refused.forEach(topics::refuse);
        pending.stream()
                .map(one -> one.row().topic())
                .distinct()
                .filter(topic -> !refused.contains(topic))
                .forEach(topics::accept);
    }

    private static boolean isCausedBy(@Nullable Throwable failure, List<Class<? extends Exception>> kinds) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            var one = cause;
            if (kinds.stream().anyMatch(kind -> kind.isInstance(one))) return true;
        }
        return false;
    }

    private static @Nullable Throwable failureOf(CompletableFuture<?> future, long deadline) {
        try {
            future.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            return null;
        } catch (ExecutionException | TimeoutException notSent) {
            return notSent;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return stopping;
        }
    }
}
