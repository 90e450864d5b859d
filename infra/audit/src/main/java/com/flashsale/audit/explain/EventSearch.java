package com.flashsale.audit.explain;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.flashsale.audit.evidence.TopicConsumer;
import com.flashsale.audit.evidence.Topics;
import com.flashsale.audit.explain.Entry.Position;
import com.flashsale.client.Json;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Searches the topics for the events about some subjects, within a bound of messages and of time. */
final class EventSearch implements AutoCloseable {

    static final String DEAD_LETTERS = ".dlt";

    private static final List<String> TOPICS =
            List.of(Topics.ORDERS, Topics.RESERVATIONS, Topics.ENTRIES, "order.admission", "waitlist.admission");
    private static final Duration LONGEST_CALL = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(100);

    /** @param messages the most that are searched before the search is restricted to the time around the rows */
    record Limits(long messages, Duration time) {}

    private final CompletableFuture<KafkaConsumer<byte[], byte[]>> opening;
    private final Limits limits;

    /** Begins to connect at once, while its caller reads rows. */
    EventSearch(String bootstrap, Limits limits) {
        this.opening = CompletableFuture.supplyAsync(() -> opened(bootstrap));
        this.limits = limits;
    }

    private static KafkaConsumer<byte[], byte[]> opened(String bootstrap) {
        var consumer = TopicConsumer.open(bootstrap, "flashsale-explain", LONGEST_CALL);
        try {
            consumer.listTopics();
            return consumer;
        } catch (KafkaException away) {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
            throw away;
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        try {
            return opening.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof KafkaException away) throw away;
            throw failed;
        }
    }

    /**
     * Finds the events whose {@code ce_subject} is one of these, in the order of their partitions.
     *
     * @param rows the instants of the rows about them
     * @param unread receives each part that was not read
     * @throws KafkaException if the broker does not answer
     */
    List<FoundEvent> find(Footprint found, NavigableSet<Instant> rows, Consumer<String> unread) {
        var subjects = new HashSet<String>();
        found.eventSubjects().forEach(subject -> subjects.add(subject.toString()));
        var consumer = consumer();
        var plan = new SearchPlan(consumer, limits.messages()).plan(partitions(consumer), found.eventKeys(), rows);
        plan.skipped().forEach(unread);
        var events = new ArrayList<FoundEvent>();
        long deadline = System.nanoTime() + limits.time().toNanos();
        var rest = new ArrayList<>(plan.ranges());
        while (!rest.isEmpty()) {
            var round = oneOfEachPartition(rest);
            rest.removeAll(round);
            var late = read(
                    consumer,
                    round,
                    deadline,
                    message -> event(message, subjects).ifPresent(events::add));
            late.forEach(range -> unread.accept("Not read in " + limits.time().toSeconds() + " s: " + range));
        }
        return events;
    }

    private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
        var partitions = new ArrayList<TopicPartition>();
        var known = consumer.listTopics();
        for (var topic : TOPICS) {
            for (var name : List.of(topic, topic + DEAD_LETTERS)) {
                known.getOrDefault(name, List.of())
                        .forEach(info -> partitions.add(new TopicPartition(name, info.partition())));
            }
        }
        return partitions;
    }

    private static List<OffsetRange> oneOfEachPartition(List<OffsetRange> ranges) {
        var first = new HashMap<TopicPartition, OffsetRange>();
        ranges.forEach(range -> first.putIfAbsent(range.partition(), range));
        return List.copyOf(first.values());
    }

    /** Returns what the deadline left over. */
    private static Set<OffsetRange> read(
            KafkaConsumer<byte[], byte[]> consumer,
            List<OffsetRange> ranges,
            long deadline,
            Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        var open = new HashMap<TopicPartition, OffsetRange>();
        ranges.forEach(range -> open.put(range.partition(), range));
        consumer.assign(open.keySet());
        ranges.forEach(range -> consumer.seek(range.partition(), range.first()));
        while (!open.isEmpty() && System.nanoTime() - deadline < 0) {
            for (var message : consumer.poll(POLL)) {
                var range = open.get(new TopicPartition(message.topic(), message.partition()));
                if (range != null && message.offset() < range.end()) reader.accept(message);
            }
            var done = new ArrayList<TopicPartition>();
            open.forEach((partition, range) -> {
                if (consumer.position(partition) >= range.end()) done.add(partition);
            });
            consumer.pause(done);
            done.forEach(open::remove);
        }
        return Set.copyOf(open.values());
    }

    private static Optional<FoundEvent> event(ConsumerRecord<byte[], byte[]> message, Set<String> subjects) {
        var subject = TopicConsumer.header(message, "ce_subject");
        if (subject.isEmpty() || !subjects.contains(subject.get())) return Optional.empty();
        var id = TopicConsumer.header(message, "ce_id").flatMap(TicketNumber::uuid);
        var type = TopicConsumer.header(message, "ce_type");
        if (id.isEmpty() || type.isEmpty()) return Optional.empty();
        var sent = Instant.ofEpochMilli(message.timestamp());
        return Optional.of(new FoundEvent(
                id.get(),
                UUID.fromString(subject.get()),
                type.get(),
                new Position(message.topic(), message.partition(), message.offset()),
                sent,
                TopicConsumer.header(message, "ce_time")
                        .flatMap(EventSearch::instant)
                        .orElse(sent),
                TopicConsumer.header(message, "traceparent").orElse(null),
                TopicConsumer.header(message, "dlt_consumer").orElse(null),
                data(message.value())));
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    private static JsonNode data(byte @Nullable [] value) {
        if (value == null) return MissingNode.getInstance();
        try {
            return Json.tree(new String(value, UTF_8));
        } catch (JacksonException unreadable) {
            return MissingNode.getInstance();
        }
    }

    @Override
    public void close() {
        var _ = opening.thenAccept(consumer -> consumer.close(CloseOptions.timeout(Duration.ZERO)));
    }
}
