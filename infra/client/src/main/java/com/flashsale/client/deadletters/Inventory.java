package com.flashsale.client.deadletters;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * The letters that are set aside now.
 *
 * @param letters the first of them, in the order of their topics
 * @param remembered the marks of those that were sent again
 * @param counts of all, by dead-letter topic
 */
public record Inventory(List<Letter> letters, Map<LetterId, ReplayRecord> remembered, Map<String, Count> counts) {

    /** @param replayed of the total */
    public record Count(long total, long replayed) {

        private Count plus(boolean isReplayed) {
            return new Count(total + 1, replayed + (isReplayed ? 1 : 0));
        }
    }

    /** @param most letters are kept in memory; the rest is counted only */
    public static Inventory of(
            Broker broker, ReplayLog replayLog, List<TopicPartition> partitions, boolean withReplayed, int most) {
        var letters = new ArrayList<Letter>();
        var counts = new TreeMap<String, Count>();
        partitions.forEach(partition -> counts.put(partition.topic(), new Count(0, 0)));
        broker.read(Map.of(), broker.ends(partitions), message -> {
            var letter = new Letter(message);
            boolean isReplayed = replayLog.has(letter.id());
            counts.computeIfPresent(message.topic(), (_, count) -> count.plus(isReplayed));
            if ((withReplayed || !isReplayed) && letters.size() < most) letters.add(letter.withoutValue());
            return true;
        });
        var remembered = replayLog.of(letters.stream().map(Letter::id).collect(Collectors.toSet()));
        return new Inventory(letters, new HashMap<>(remembered), counts);
    }

    /** Those of one selection, with their whole content. */
    public static List<Letter> named(Broker broker, List<TopicPartition> partitions, Selection selection, int most) {
        var letters = new ArrayList<Letter>();
        for (var partition : partitions) {
            long end = Math.min(broker.ends(List.of(partition)).getOrDefault(partition, 0L), selection.end(partition));
            broker.read(Map.of(partition, selection.first(partition)), Map.of(partition, end), message -> {
                var letter = new Letter(message);
                if (selection.isOf(letter)) letters.add(letter);
                return letters.size() < most;
            });
        }
        return letters;
    }
}
