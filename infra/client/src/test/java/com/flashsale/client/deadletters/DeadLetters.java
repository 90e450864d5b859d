package com.flashsale.client.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.flashsale.engines.ThrowawayEngines;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Letters in a real Kafka, with readers that set aside as the services do. Each test has topics of its own. */
abstract class DeadLetters {

    static final Duration SOON = Duration.ofSeconds(60);
    private static ThrowawayEngines engines;
    static String kafka;
    static KafkaProducer<byte[], byte[]> producer;

    final String topic = "thing-" + UUID.randomUUID();
    final String box = topic + ".dlt";

    @BeforeAll
    static void start_kafka() {
        engines = new ThrowawayEngines();
        kafka = engines.kafka().url();
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka, "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @AfterAll
    static void stop_kafka() {
        producer.close();
        engines.close();
    }

    @BeforeEach
    void make_topics() throws ExecutionException, InterruptedException {
        make(topic, "delete");
    }

    static Replay.Wish wish() {
        return new Replay.Wish(SOON, false, false);
    }

    List<Result> replay() {
        return replay(wish(), Selection.of(topic, List.of()));
    }

    static List<Result> replay(Replay.Wish wish, Selection selection) {
        var results = new ArrayList<Result>();
        try (var broker = new Broker(kafka, new Properties())) {
            var partitions = broker.deadLetters(selection.topic());
            new Replay(broker, replayLog(broker, partitions), wish, Clock.systemUTC(), results::add)
                    .run(selection, partitions);
        }
        return results;
    }

    Inventory inventory(boolean withReplayed) {
        try (var broker = new Broker(kafka, new Properties())) {
            var partitions = broker.deadLetters(topic);
            return Inventory.of(broker, replayLog(broker, partitions), partitions, withReplayed, 1_000);
        }
    }

    static List<Letter> named(String id) {
        try (var broker = new Broker(kafka, new Properties())) {
            return Inventory.named(broker, broker.deadLetters(null), Selection.of(null, List.of(id)), 10);
        }
    }

    private static ReplayLog replayLog(Broker broker, List<TopicPartition> partitions) {
        return new ReplayLog(
                broker, partitions.stream().map(TopicPartition::topic).collect(Collectors.toSet()));
    }

    void awaitLetters(int count) {
        awaitLetters(topic, count);
    }

    static void awaitLetters(String topic, int count) {
        try (var broker = new Broker(kafka, new Properties())) {
            var partitions = List.of(new TopicPartition(topic + ".dlt", 0));
            await().atMost(SOON).until(() -> broker.ends(partitions).values().contains((long) count));
        }
    }

    static void send(String topic, String key, String value) {
        var message = new ProducerRecord<>(topic, key.getBytes(UTF_8), value.getBytes(UTF_8));
        message.headers().add("ce_id", UUID.randomUUID().toString().getBytes(UTF_8));
        message.headers().add("ce_type", "thing.happened".getBytes(UTF_8));
        message.headers().add("ce_time", Instant.now().toString().getBytes(UTF_8));
        message.headers().add("binary", new byte[] {0, -1, 7});
        producer.send(message);
        producer.flush();
    }

    /** Sends a letter of no particular consumer; names and values of its headers take turns. */
    static void letter(String box, String key, String value, String... headers) {
        var message = new ProducerRecord<>(box, key.getBytes(UTF_8), value.getBytes(UTF_8));
        for (int i = 0; i < headers.length; i += 2) message.headers().add(headers[i], headers[i + 1].getBytes(UTF_8));
        producer.send(message);
        producer.flush();
    }

    static void make(String topic, String policy) throws ExecutionException, InterruptedException {
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            admin.createTopics(List.of(
                            new NewTopic(topic, Optional.of(2), Optional.empty())
                                    .configs(Map.of("cleanup.policy", policy)),
                            new NewTopic(topic + ".dlt", Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
    }

    static void make(String topic) throws ExecutionException, InterruptedException {
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
    }
}
