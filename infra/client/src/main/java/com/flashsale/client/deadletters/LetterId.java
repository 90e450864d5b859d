package com.flashsale.client.deadletters;

import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;

/** The place of a dead letter, which never changes: {@code order.order.dlt:0:17}. */
public record LetterId(TopicPartition partition, long offset) {

    private static final Pattern TEXT = Pattern.compile("([A-Za-z0-9._-]{1,249}\\.dlt):(\\d{1,9}):(\\d{1,18})");

    public static Optional<LetterId> parse(String text) {
        var parts = TEXT.matcher(text);
        if (!parts.matches()) return Optional.empty();
        var partition = new TopicPartition(parts.group(1), Integer.parseInt(parts.group(2)));
        return Optional.of(new LetterId(partition, Long.parseLong(parts.group(3))));
    }

    @Override
    public String toString() {
        return partition.topic() + ":" + partition.partition() + ":" + offset;
    }
}
