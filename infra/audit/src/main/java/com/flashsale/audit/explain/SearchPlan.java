package com.flashsale.audit.explain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;

/**
 * Which offsets to read. Everything from the first row on, if that is little; else, of the partitions of the event's
 * keys, the time after each row. The broker finds an offset by time in its index.
 */
final class SearchPlan {

    /** Clocks of replicas and broker may differ by so much. */
    private static final Duration SKEW = Duration.ofSeconds(5);

    /** An event leaves its outbox in milliseconds, and after a crash of its relay in seconds. */
    private static final Duration AFTER_A_ROW = Duration.ofSeconds(20);

    /** @param skipped what the plan leaves out, in words; empty if it leaves out nothing */
    record Plan(List<OffsetRange> ranges, List<String> skipped) {}

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final long mostMessages;

    SearchPlan(KafkaConsumer<byte[], byte[]> consumer, long mostMessages) {
        this.consumer = consumer;
        this.mostMessages = mostMessages;
    }

    Plan plan(Collection<TopicPartition> partitions, Set<String> keys, NavigableSet<Instant> rows) {
        var ends = consumer.endOffsets(partitions);
        var first = rows.isEmpty() ? Instant.EPOCH : rows.first();
        var all = OffsetRange.merged(ranges(partitions, ends, first.minus(SKEW), ends));
        if (messages(all) <= mostMessages) return new Plan(all, List.of());
        var own = ownPartitions(partitions, keys);
        var near = new ArrayList<OffsetRange>();
        for (var row : seconds(rows)) {
            near.addAll(ranges(own, ends, row.minus(SKEW), offsetsAt(own, row.plus(AFTER_A_ROW), ends)));
        }
        var merged = OffsetRange.merged(near);
        var left = "Of %d messages since %s, the %d within %d s after each row in the partitions of the keys were read."
                .formatted(messages(all), first, messages(merged), AFTER_A_ROW.toSeconds());
        return new Plan(merged, List.of(left));
    }

    /** The rows of one transaction need one question to the broker. */
    private static Set<Instant> seconds(NavigableSet<Instant> rows) {
        return rows.stream().map(row -> row.truncatedTo(ChronoUnit.SECONDS)).collect(Collectors.toSet());
    }

    private static long messages(List<OffsetRange> ranges) {
        return ranges.stream().mapToLong(OffsetRange::messages).sum();
    }

    private List<OffsetRange> ranges(
            Collection<TopicPartition> partitions,
            Map<TopicPartition, Long> ends,
            Instant from,
            Map<TopicPartition, Long> until) {
        var starts = offsetsAt(partitions, from, ends);
        return partitions.stream()
                .map(partition -> new OffsetRange(
                        partition, starts.getOrDefault(partition, 0L), until.getOrDefault(partition, 0L)))
                .toList();
    }

    /** The first offset at or after this time; the end of the partition if there is none. */
    private Map<TopicPartition, Long> offsetsAt(
            Collection<TopicPartition> partitions, Instant time, Map<TopicPartition, Long> ends) {
        var asked = new HashMap<TopicPartition, Long>();
        partitions.forEach(partition -> asked.put(partition, Math.max(0, time.toEpochMilli())));
        var found = consumer.offsetsForTimes(asked);
        var offsets = new HashMap<TopicPartition, Long>();
        for (var partition : partitions) {
            OffsetAndTimestamp offset = found.get(partition);
            offsets.put(partition, offset == null ? ends.getOrDefault(partition, 0L) : Long.valueOf(offset.offset()));
        }
        return offsets;
    }

    /** As Kafka's producers choose them. */
    private static Set<TopicPartition> ownPartitions(Collection<TopicPartition> partitions, Set<String> keys) {
        var counts = new HashMap<String, Integer>();
        partitions.forEach(partition -> counts.merge(partition.topic(), 1, Integer::sum));
        var own = new HashSet<TopicPartition>();
        counts.forEach((topic, count) -> keys.forEach(key ->
                own.add(new TopicPartition(topic, Utils.toPositive(Utils.murmur2(key.getBytes(UTF_8))) % count))));
        return own;
    }
}
