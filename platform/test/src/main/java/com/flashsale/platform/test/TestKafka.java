package com.flashsale.platform.test;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import tools.jackson.databind.json.JsonMapper;

/**
 * The other services, as far as one service can see them: events that they send, and events that they would receive.
 */
public final class TestKafka {

    private static final int PARTITIONS = 6;
    private static final long TIMEOUT_SECONDS = 20;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Map<String, TopicLog> LOGS = new ConcurrentHashMap<>();

    private TestKafka() {}

    private static final class Clients {
        static final Map<String, Object> BOOTSTRAP =
                Map.of("bootstrap.servers", TestEngines.kafka().url());
        static final Admin ADMIN = Admin.create(BOOTSTRAP);
        static final KafkaProducer<String, byte[]> PRODUCER =
                new KafkaProducer<>(BOOTSTRAP, new StringSerializer(), new ByteArraySerializer());
    }

    /** Sends a CloudEvent with a fresh id and returns the id. */
    public static UUID produce(String topic, String key, String type, Object data) {
        var id = UUID.randomUUID();
        produce(topic, key, type, id, data);
        return id;
    }

    /** Sends a CloudEvent with this id: twice the same id is a redelivery. */
    public static void produce(String topic, String key, String type, UUID id, Object data) {
        produce(event(topic, key, type, id, data));
    }

    /** The same as part of a load test. */
    public static void produceTagged(String loadTest, String topic, String key, String type, Object data) {
        var message = event(topic, key, type, UUID.randomUUID(), data);
        put(message.headers(), "loadtest", loadTest);
        produce(message);
    }

    private static ProducerRecord<String, byte[]> event(String topic, String key, String type, UUID id, Object data) {
        var message = new ProducerRecord<>(topic, key, JSON.writeValueAsBytes(data));
        var headers = message.headers();
        put(headers, "ce_specversion", "1.0");
        put(headers, "ce_id", id.toString());
        put(headers, "ce_source", "/test");
        put(headers, "ce_type", type);
        put(headers, "ce_subject", key);
        put(headers, "ce_time", Instant.now().toString());
        put(headers, "content-type", "application/json");
        return message;
    }

    /** Sends a message as it is, for what no well-behaved service would send. */
    public static void produce(ProducerRecord<String, byte[]> message) {
        create(message.topic());
        try {
            Clients.PRODUCER.send(message).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("Cannot send to " + message.topic(), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /**
     * Everything that is in the topic at this moment, in the order of each partition; nothing if there is no such
     * topic.
     */
    public static List<TestEvent> events(String topic) {
        return LOGS.computeIfAbsent(topic, name -> new TopicLog(name, Clients.BOOTSTRAP))
                .upToNow();
    }

    /** The events of one key, in their order. */
    public static List<TestEvent> events(String topic, String key) {
        return events(topic).stream().filter(event -> event.key().equals(key)).toList();
    }

    /** Makes the topics that are not there yet, as their owners would. */
    public static void create(String... topics) {
        var made = Clients.ADMIN.createTopics(Stream.of(topics)
                .map(topic -> new NewTopic(topic, PARTITIONS, (short) 1))
                .toList());
        made.values().forEach(TestKafka::awaitTopic);
    }

    private static void awaitTopic(String topic, KafkaFuture<Void> made) {
        try {
            made.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) throw new AssertionError("Cannot make " + topic, e);
        } catch (TimeoutException e) {
            throw new AssertionError("Cannot make " + topic, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static AssertionError interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new AssertionError("Interrupted while talking to Kafka", e);
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }
}
