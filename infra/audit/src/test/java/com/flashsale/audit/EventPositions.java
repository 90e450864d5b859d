package com.flashsale.audit;

import com.flashsale.audit.evidence.TopicConsumer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;

/** The places of all events, read from every topic without knowing its name. */
final class EventPositions {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private EventPositions() {}

    /** By the subject of the event; a place is {@code topic/partition@offset}. */
    static Map<UUID, Set<String>> bySubject(String kafka) {
        var positions = new HashMap<UUID, Set<String>>();
        try (var consumer = TopicConsumer.open(kafka, "reader", PATIENCE)) {
            var partitions = consumer.listTopics().values().stream()
                    .flatMap(List::stream)
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(message -> TopicConsumer.header(message, "ce_subject")
                                .map(UUID::fromString)
                                .ifPresent(subject -> positions
                                        .computeIfAbsent(subject, _ -> new HashSet<>())
                                        .add(message.topic() + "/" + message.partition() + "@" + message.offset())));
            }
        }
        return positions;
    }
}
