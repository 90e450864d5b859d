package com.flashsale.audit.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** Offsets of one partition that may hold an event that is searched: from the first to before the end. */
record OffsetRange(TopicPartition partition, long first, long end) {

    long messages() {
        return Math.max(0, end - first);
    }

    /** The same offsets as few ranges: overlapping and empty ones are gone. */
    static List<OffsetRange> merged(List<OffsetRange> ranges) {
        var sorted = ranges.stream()
                .filter(range -> range.messages() > 0)
                .sorted(Comparator.comparing(
                                (OffsetRange range) -> range.partition().topic())
                        .thenComparingInt(range -> range.partition().partition())
                        .thenComparingLong(OffsetRange::first))
                .toList();
        var merged = new ArrayList<OffsetRange>();
        for (var range : sorted) {
            var last = merged.isEmpty() ? null : merged.getLast();
            if (last != null && last.partition.equals(range.partition) && range.first <= last.end) {
                merged.removeLast();
                merged.add(new OffsetRange(last.partition, last.first, Math.max(last.end, range.end)));
            } else {
                merged.add(range);
            }
        }
        return merged;
    }

    @Override
    public String toString() {
        return partition + " from " + first + " to " + (end - 1);
    }
}
