package com.flashsale.control.fault;

import com.flashsale.audit.evidence.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends the last events about orders and reservations again, byte for byte, as a broker may deliver them twice. */
final class RepeatedEvents {

    private static final List<String> TOPICS = List.of(Topics.ORDERS, Topics.RESERVATIONS);

    /** Of each partition. */
    private static final int MOST = 50;

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final int CALL_MILLIS = 5_000;
    private static final int BUFFER = 4 << 20;

    private final String bootstrap;

    RepeatedEvents(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    /** Returns the number of repeated events, when the broker has all of them. */
    int send() throws IOException, InterruptedException {
        try {
            var events = read();
            write(events);
            return events.size();
        } catch (KafkaException | ExecutionException | TimeoutException failed) {
            throw new IOException(failed.getMessage(), failed);
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> read() {
        var settings = settings();
        settings.put("enable.auto.commit", false);
        settings.put("allow.auto.create.topics", false);
        settings.put("fetch.max.bytes", BUFFER);
        settings.put("default.api.timeout.ms", CALL_MILLIS);
        var bytes = new ByteArrayDeserializer();
        try (var reader = new KafkaConsumer<>(settings, bytes, bytes)) {
            var partitions = TOPICS.stream()
                    .flatMap(topic -> reader.partitionsFor(topic).stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            var begins = reader.beginningOffsets(partitions);
            var ends = reader.endOffsets(partitions);
            reader.assign(partitions);
            partitions.forEach(each ->
                    reader.seek(each, Math.max(begins.getOrDefault(each, 0L), ends.getOrDefault(each, 0L) - MOST)));
            var found = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            long deadline = System.nanoTime() + LONGEST.toNanos();
            while (!isRead(reader, ends) && System.nanoTime() < deadline) {
                reader.poll(POLL).forEach(event -> {
                    var partition = new TopicPartition(event.topic(), event.partition());
                    if (event.offset() < ends.getOrDefault(partition, 0L)) found.add(event);
                });
            }
            return found;
        }
    }

    private static boolean isRead(KafkaConsumer<byte[], byte[]> reader, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> reader.position(end.getKey()) >= end.getValue());
    }

    private void write(List<ConsumerRecord<byte[], byte[]>> events)
            throws ExecutionException, InterruptedException, TimeoutException {
        var settings = settings();
        settings.put("acks", "all");
        settings.put("buffer.memory", BUFFER);
        settings.put("max.block.ms", CALL_MILLIS);
        settings.put("delivery.timeout.ms", 2 * CALL_MILLIS);
        var bytes = new ByteArraySerializer();
        try (var writer = new KafkaProducer<>(settings, bytes, bytes)) {
            var sent = events.stream()
                    .map(event -> writer.send(new ProducerRecord<>(
                            event.topic(), event.partition(), null, event.key(), event.value(), event.headers())))
                    .toList();
            for (var each : sent) each.get(2L * CALL_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private Map<String, Object> settings() {
        var settings = new HashMap<String, Object>();
        settings.put("bootstrap.servers", bootstrap);
        settings.put("client.id", "flashsale-control-room");
        settings.put("request.timeout.ms", CALL_MILLIS);
        return settings;
    }
}
