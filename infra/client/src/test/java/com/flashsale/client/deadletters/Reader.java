package com.flashsale.client.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A service: it handles each event once, sets aside what it cannot take, and commits afterwards. */
final class Reader implements AutoCloseable {

    final List<ConsumerRecord<byte[], byte[]>> handled = new CopyOnWriteArrayList<>();

    /** The fault of this service. */
    volatile Predicate<ConsumerRecord<byte[], byte[]>> cannotTake = _ -> false;

    private final String group;
    private final Set<String> inbox = new HashSet<>();
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Thread thread;
    private volatile boolean running = true;

    Reader(String kafka, String group, String... topics) {
        this.group = group;
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        kafka,
                        "group.id",
                        group,
                        "auto.offset.reset",
                        "earliest",
                        "enable.auto.commit",
                        false,
                        "fetch.max.wait.ms",
                        20,
                        "metadata.max.age.ms",
                        500),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka, "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        consumer.subscribe(List.of(topics));
        this.thread = Thread.ofPlatform().name("reader-" + group).start(this::read);
    }

    private void read() {
        while (running) {
            var messages = consumer.poll(Duration.ofMillis(50));
            for (var message : messages) {
                if (cannotTake.test(message)) setAside(message);
                else if (inbox.add(Letter.header(message, "ce_id").orElseThrow())) handled.add(message);
            }
            if (!messages.isEmpty()) {
                producer.flush();
                consumer.commitSync();
            }
        }
        consumer.close();
        producer.close();
    }

    /** As the platform does it. */
    private void setAside(ConsumerRecord<byte[], byte[]> message) {
        var copy = new ProducerRecord<>(message.topic() + ".dlt", message.key(), message.value());
        message.headers().forEach(copy.headers()::add);
        copy.headers().add("dlt_consumer", group.getBytes(UTF_8));
        copy.headers().add("dlt_origin", (message.partition() + "/" + message.offset()).getBytes(UTF_8));
        copy.headers().add("dlt_reason", "IllegalStateException: the table is gone".getBytes(UTF_8));
        producer.send(copy);
    }

    List<String> handledValues() {
        return handled.stream()
                .map(message -> new String(message.value(), UTF_8))
                .toList();
    }

    @Override
    public void close() {
        running = false;
        try {
            thread.join(Duration.ofSeconds(20));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
