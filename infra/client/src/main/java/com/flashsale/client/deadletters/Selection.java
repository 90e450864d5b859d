package com.flashsale.client.deadletters;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Which letters are meant: all, those of one topic, or those that are named.
 *
 * @param topic with or without its {@code .dlt}; null for all
 * @param ids of their place, or the {@code ce_id} of their events; empty for all
 */
public record Selection(@Nullable String topic, Set<String> ids) {

    public static Selection of(@Nullable String topic, List<String> ids) {
        return new Selection(topic, Set.copyOf(ids));
    }

    /** Where to begin to read: with the first place that is named, where places are named. */
    long first(TopicPartition partition) {
        return places().isEmpty() ? 0 : offsets(places(), partition).min().orElse(Long.MAX_VALUE);
    }

    /** Behind the last place that is named, where places are named. */
    long end(TopicPartition partition) {
        return places().isEmpty()
                ? Long.MAX_VALUE
                : offsets(places(), partition).map(offset -> offset + 1).max().orElse(0);
    }

    private static LongStream offsets(List<LetterId> places, TopicPartition partition) {
        return places.stream()
                .filter(place -> place.partition().equals(partition))
                .mapToLong(LetterId::offset);
    }

    /** Empty as soon as one is named by its event, which can be anywhere. */
    private List<LetterId> places() {
        var places = ids.stream().map(LetterId::parse).flatMap(Optional::stream).toList();
        return places.size() == ids.size() ? places : List.of();
    }

    boolean isOf(Letter letter) {
        return ids.isEmpty()
                || ids.contains(letter.id().toString())
                || letter.eventId().filter(ids::contains).isPresent();
    }

    /** Those that no letter has had, once all were read. */
    Set<String> without(Set<String> found) {
        return ids.stream().filter(id -> !found.contains(id)).collect(Collectors.toSet());
    }
}
