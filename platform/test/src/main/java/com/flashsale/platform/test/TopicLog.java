package com.flashsale.platform.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A topic, read from its start; it keeps the messages that it has read, so that repeated reads are cheap. */
final class TopicLog {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final String topic;
    private final KafkaConsumer<String, byte[]> consumer;
    private final List<TestEvent> read = new ArrayList<>();

    TopicLog(String topic, Map<String, Object> bootstrap) {
        this.topic = topic;
        var properties = new HashMap<>(bootstrap);
        properties.put("enable.auto.commit", false);
        properties.put("allow.auto.create.topics", false);
        properties.put("auto.offset.reset", "earliest");
        properties.put("fetch.max.wait.ms", 20);
        this.consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
    }

    synchronized List<TestEvent> upToNow() {
        if (consumer.assignment().isEmpty() && !assign()) return List.of();
        var ends = consumer.endOffsets(consumer.assignment(), TIMEOUT);
        var deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (!isReadUpTo(ends)) {
            consumer.poll(POLL).forEach(message -> read.add(TestEvent.of(message)));
            if (System.nanoTime() > deadline) throw new AssertionError("Cannot read " + topic + " up to " + ends);
        }
        return List.copyOf(read);
    }

    private boolean assign() {
        List<PartitionInfo> partitions = consumer.listTopics(TIMEOUT).getOrDefault(topic, List.of());
        if (partitions.isEmpty()) return false;
        consumer.assign(partitions.stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList());
        return true;
    }

    private boolean isReadUpTo(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey(), TIMEOUT) >= end.getValue());
    }
}
