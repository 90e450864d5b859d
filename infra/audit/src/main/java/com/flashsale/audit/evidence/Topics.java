package com.flashsale.audit.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.flashsale.client.Json;
import com.flashsale.client.platform.Databases;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The topics as the broker keeps them, read from their beginning once and then onwards. The reader belongs to no
 * consumer group and commits nothing. {@link EventHistory} holds the facts in memory.
 */
public final class Topics implements AutoCloseable {

    public static final String ORDERS = "order.order";
    public static final String RESERVATIONS = "inventory.reservation";
    public static final String ENTRIES = "waitlist.entry";
    public static final String STOCKS = "inventory.stock";
    public static final String SALES = "catalog.sale";

    private static final Duration LONGEST_READ = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LONGEST_CALL = Duration.ofSeconds(10);

    private final String bootstrap;
    // the event of an order that is paid as its units go back is sent again
    private final EventHistory orders = new EventHistory(Map.of(
            "placed", List.of(""),
            "paid", List.of("placed", "paid"),
            "cancelled", List.of("placed", "paid")));
    private final EventHistory reservations = new EventHistory(Map.of(
            "held", List.of(""),
            "refused", List.of(""),
            "confirmed", List.of("held", "expired"),
            "released", List.of("held"),
            "expired", List.of("held"),
            "confirmation-refused", List.of("", "expired", "released")));
    private final EventHistory entries = historyOfEntries();
    private final Versions stocks = new Versions();
    private final Versions sales = new Versions();
    private final UnconsumedEvents unconsumed = new UnconsumedEvents();
    private final Set<TopicPartition> headless = new HashSet<>();
    private Set<String> purged = Set.of();
    private @Nullable KafkaConsumer<byte[], byte[]> consumer;

    /**
     * An entry is a circle: an offered unit can be gone when the order comes, since a late payment took it back; then
     * the customer waits at the head again. The refusal and the news of the order come by two topics, in any order.
     */
    static EventHistory historyOfEntries() {
        return new EventHistory(Map.of(
                "waiting", List.of("", "offered", "ordered", "lapsed", "left", "closed"),
                "offered", List.of("waiting"),
                "ordered", List.of("offered", "lapsed", "left", "closed"),
                "lapsed", List.of("offered", "ordered"),
                "left", List.of("waiting", "offered"),
                "closed", List.of("waiting", "offered")));
    }

    public Topics(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    /** Reads on to the present end of all topics; returns the reason if it cannot. */
    public Optional<String> catchUp(Databases databases) throws SQLException, InterruptedException {
        try {
            purged = PurgedRuns.in(databases);
            return readOn(opened(), databases);
        } catch (InterruptException interrupted) {
            throw new InterruptedException(interrupted.getMessage());
        } catch (KafkaException away) {
            return Optional.of("the topics cannot be read: " + away.getMessage());
        }
    }

    private KafkaConsumer<byte[], byte[]> opened() {
        if (consumer != null) return consumer;
        var opened = TopicConsumer.open(bootstrap, "flashsale-audit", LONGEST_CALL);
        consumer = opened;
        var partitions = new ArrayList<TopicPartition>();
        var known = opened.listTopics();
        for (var topic : List.of(ORDERS, RESERVATIONS, ENTRIES, STOCKS, SALES)) {
            known.getOrDefault(topic, List.of())
                    .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
        }
        opened.assign(partitions);
        opened.seekToBeginning(partitions);
        opened.beginningOffsets(partitions).forEach((partition, offset) -> {
            if (offset > 0) headless.add(partition);
        });
        return opened;
    }

    private Optional<String> readOn(KafkaConsumer<byte[], byte[]> reader, Databases databases) throws SQLException {
        long deadline = System.nanoTime() + LONGEST_READ.toNanos();
        var behind = new HashMap<>(reader.endOffsets(reader.assignment()));
        behind.entrySet().removeIf(end -> reader.position(end.getKey()) >= end.getValue());
        while (!behind.isEmpty()) {
            if (System.nanoTime() > deadline) {
                return Optional.of("the topics were not read to their ends in " + LONGEST_READ.toSeconds() + " s");
            }
            for (var message : reader.poll(POLL)) take(message);
            unconsumed.strikeOut(databases);
            behind.entrySet().removeIf(end -> reader.position(end.getKey()) >= end.getValue());
        }
        unconsumed.strikeOut(databases);
        return Optional.empty();
    }

    private void take(ConsumerRecord<byte[], byte[]> message) {
        if (TopicConsumer.header(message, "loadtest").filter(purged::contains).isPresent()) return;
        try {
            var event = UUID.fromString(header(message, "ce_id"));
            var subject = UUID.fromString(header(message, "ce_subject"));
            var type = header(message, "ce_type").split("\\.", -1);
            var fact = type.length > 2 ? type[type.length - 2] : "";
            boolean cut = headless.contains(new TopicPartition(message.topic(), message.partition()));
            switch (message.topic()) {
                case ORDERS -> orders.take(subject, fact, event, cut);
                case RESERVATIONS -> reservations.take(subject, fact, event, cut);
                case ENTRIES -> entries.take(subject, fact, event, cut);
                case STOCKS -> stocks.take(subject, version(message), event);
                default -> sales.take(subject, version(message), event);
            }
            unconsumed.add(message.topic(), fact, event, subject);
        } catch (IllegalArgumentException | JacksonException unreadable) {
            // unreadable for a consumer too: it stands in a dead-letter topic, and rules miss its effect
        }
    }

    private static long version(ConsumerRecord<byte[], byte[]> message) {
        return Json.tree(new String(message.value(), UTF_8)).path("version").asLong();
    }

    private static String header(ConsumerRecord<byte[], byte[]> message, String name) {
        return TopicConsumer.header(message, name)
                .orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
    }

    public EventHistory orders() {
        return orders;
    }

    public EventHistory reservations() {
        return reservations;
    }

    public EventHistory entries() {
        return entries;
    }

    public TopicHistory stocks() {
        return stocks;
    }

    public TopicHistory sales() {
        return sales;
    }

    public UnconsumedEvents unconsumed() {
        return unconsumed;
    }

    /** True when the broker has dropped old messages, so that a missing fact may have been told. */
    public boolean isHeadless(String topic) {
        return headless.stream().anyMatch(partition -> partition.topic().equals(topic));
    }

    @Override
    public void close() {
        if (consumer != null) consumer.close(CloseOptions.timeout(Duration.ofSeconds(2)));
    }
}
