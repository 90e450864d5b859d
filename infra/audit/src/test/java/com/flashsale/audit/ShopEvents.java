package com.flashsale.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The messaging of all services: a real outbox, a relay, a real topic and an inbox. */
final class ShopEvents implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    record Event(UUID id, String topic, String type, UUID subject, String key, String data) {

        static Event of(String topic, String type, UUID subject, Object key, Object data) {
            return new Event(TinyShop.uuid(), topic, type, subject, key.toString(), data.toString());
        }
    }

    private final ShopDatabases databases;
    private final Map<String, Long> offsets = new HashMap<>();
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> reader;

    ShopEvents(ShopDatabases databases, String kafka) {
        this.databases = databases;
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        kafka,
                        "acks",
                        "all",
                        "delivery.timeout.ms",
                        15_000,
                        "request.timeout.ms",
                        5_000,
                        "linger.ms",
                        0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.reader = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", kafka, "fetch.max.wait.ms", 10),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** Stores an event beside the change that caused it. */
    void append(Connection connection, Event event) throws SQLException {
        Row.of("outbox")
                .with("id", event.id())
                .with("shard", 0)
                .with("topic", event.topic())
                .with("key", event.key())
                .with("type", event.type())
                .with("subject", event.subject().toString())
                .sql("occurred_at", "now()")
                .with("data", event.data())
                .insert(connection);
    }

    boolean firstSeen(Connection connection, String consumer, Event event) throws SQLException {
        return ShopDatabases.update(
                        connection,
                        "insert into inbox (consumer, message_id) values (?, ?) on conflict do nothing",
                        consumer,
                        event.id())
                == 1;
    }

    /** Sends, waits for the acknowledgement, and only then deletes. */
    void relay(String database) throws SQLException {
        for (var waiting : waiting(database, 0)) {
            send(waiting.event());
            databases.run(database, "delete from outbox where seq = ?", waiting.seq());
        }
    }

    record Waiting(long seq, Event event) {}

    List<Waiting> waiting(String database, long after) throws SQLException {
        return databases.in(database, connection -> {
            var found = new ArrayList<Waiting>();
            try (var query = connection.prepareStatement(
                    "select seq, id, topic, type, subject, key, data from outbox where seq > ? order by seq")) {
                query.setLong(1, after);
                try (var rows = query.executeQuery()) {
                    while (rows.next()) {
                        found.add(new Waiting(
                                rows.getLong(1),
                                new Event(
                                        rows.getObject(2, UUID.class),
                                        rows.getString(3),
                                        rows.getString(4),
                                        UUID.fromString(rows.getString(5)),
                                        rows.getString(6),
                                        rows.getString(7))));
                    }
                }
            }
            return found;
        });
    }

    void send(Event event) {
        send(event, null);
    }

    /** As part of a load test. */
    void send(Event event, @Nullable String run) {
        var message = new ProducerRecord<>(
                event.topic(), event.key().getBytes(UTF_8), event.data().getBytes(UTF_8));
        message.headers().add("ce_id", event.id().toString().getBytes(UTF_8));
        message.headers().add("ce_type", event.type().getBytes(UTF_8));
        message.headers().add("ce_subject", event.subject().toString().getBytes(UTF_8));
        if (run != null) message.headers().add("loadtest", run.getBytes(UTF_8));
        try {
            producer.send(message).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Returns the events that a consumer has not read yet; its next read starts after them. */
    List<Event> read(String consumer, String topic) {
        var partition = new TopicPartition(topic, 0);
        var events = new ArrayList<Event>();
        reader.assign(List.of(partition));
        reader.seek(partition, offsets.getOrDefault(consumer + topic, 0L));
        long end = reader.endOffsets(List.of(partition)).get(partition);
        while (reader.position(partition) < end) {
            reader.poll(POLL)
                    .forEach(message -> events.add(new Event(
                            UUID.fromString(
                                    header(message.headers().lastHeader("ce_id").value())),
                            topic,
                            header(message.headers().lastHeader("ce_type").value()),
                            UUID.fromString(header(
                                    message.headers().lastHeader("ce_subject").value())),
                            header(message.key()),
                            header(message.value()))));
        }
        offsets.put(consumer + topic, end);
        return events;
    }

    private static String header(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    @Override
    public void close() {
        reader.close();
        producer.close(Duration.ofSeconds(2));
    }
}
