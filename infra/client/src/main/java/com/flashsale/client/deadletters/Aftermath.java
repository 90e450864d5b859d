package com.flashsale.client.deadletters;

import com.flashsale.client.ToolException;
import com.flashsale.client.deadletters.Copies.Copy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.TopicPartition;

/**
 * Waits for the consumers of copies. A consumer has handled a copy when its group has committed beyond it and no dead
 * letter names it: a service sets a message aside before it commits.
 */
final class Aftermath {

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private final Broker broker;
    private final Duration patience;
    private final Map<String, Map<TopicPartition, OffsetAndMetadata>> committed = new HashMap<>();

    Aftermath(Broker broker, Duration patience) {
        this.broker = broker;
        this.patience = patience;
    }

    /** One copy and the consumer that had set its letter aside. */
    private record Reading(LetterId copy, String consumer) {}

    /**
     * @param tails where each dead-letter topic ended before the copies were sent
     * @return the outcome of each letter, WAITING where the wait was too short
     */
    Map<LetterId, Result> of(List<Letter> letters, Map<LetterId, Copy> copies, Map<TopicPartition, Long> tails) {
        var results = new HashMap<LetterId, Result>();
        var waiting = new ArrayList<>(letters);
        var again = new HashMap<Reading, String>();
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            look(waiting);
            // in this order: a copy whose offset is committed is in the dead-letter topic by now,
            // or never will be
            readOn(tails, again);
            waiting.removeIf(letter -> {
                var copy = copies.get(letter.id());
                if (copy == null) return true;
                var reason = again.get(new Reading(copy.first(), letter.consumer()));
                if (reason != null) results.put(letter.id(), result(letter, copy, Outcome.AGAIN, reason));
                else if (isPassed(letter, copy)) results.put(letter.id(), result(letter, copy, Outcome.HANDLED, ""));
                return results.containsKey(letter.id());
            });
            if (waiting.isEmpty() || nobodyReads(waiting) || System.nanoTime() > deadline) break;
            pause();
        }
        waiting.forEach(letter -> {
            var copy = copies.get(letter.id());
            if (copy != null) results.put(letter.id(), result(letter, copy, Outcome.WAITING, whoIsMissing(letter)));
        });
        return results;
    }

    /** True when no group reads these letters. A group that has ever committed is known, also while it is away. */
    private boolean nobodyReads(List<Letter> letters) {
        return letters.stream()
                .allMatch(
                        letter -> groups(letter.consumer(), committed.keySet()).isEmpty());
    }

    private static Result result(Letter letter, Copy copy, Outcome outcome, String note) {
        return new Result(letter, outcome, copy.place(), note);
    }

    private String whoIsMissing(Letter letter) {
        var groups = groups(letter.consumer(), committed.keySet());
        return groups.isEmpty()
                ? "no consumer group " + letter.consumer()
                : "consumer " + letter.consumer() + " has not come to it";
    }

    private boolean isPassed(Letter letter, Copy copy) {
        var readers = groups(letter.consumer(), committed.keySet()).stream()
                .map(group -> committed.getOrDefault(group, Map.of()).get(copy.partition()))
                .filter(offset -> offset != null)
                .toList();
        return !readers.isEmpty() && readers.stream().allMatch(offset -> offset.offset() > copy.offset());
    }

    /** A service with several groups names itself: {@code order-service} has {@code order-service-sales}, too. */
    private static Set<String> groups(String consumer, Collection<String> all) {
        return all.stream()
                .filter(group ->
                        group.equals(consumer) || group.startsWith(consumer + "-") || group.startsWith(consumer + "."))
                .collect(Collectors.toSet());
    }

    private void look(List<Letter> letters) {
        var consumers = letters.stream().map(Letter::consumer).collect(Collectors.toSet());
        var all = Broker.answer(broker.admin().listGroups().all()).stream()
                .filter(group ->
                        group.type().filter(type -> type != GroupType.SHARE).isPresent())
                .map(group -> group.groupId())
                .toList();
        var wanted = new HashSet<String>();
        consumers.forEach(consumer -> wanted.addAll(groups(consumer, all)));
        committed.clear();
        if (wanted.isEmpty()) return;
        var specs = wanted.stream().collect(Collectors.toMap(group -> group, _ -> new ListConsumerGroupOffsetsSpec()));
        var answer = broker.admin().listConsumerGroupOffsets(specs);
        wanted.forEach(group -> committed.put(group, Broker.answer(answer.partitionsToOffsetAndMetadata(group))));
    }

    /** Letters that came since; each is read once. */
    private void readOn(Map<TopicPartition, Long> tails, Map<Reading, String> again) {
        var ends = broker.ends(tails.keySet());
        broker.read(tails, ends, message -> {
            var letter = new Letter(message);
            letter.header(Letter.REPLAY)
                    .flatMap(LetterId::parse)
                    .ifPresent(first -> again.put(
                            new Reading(first, letter.consumer()), letter.reason() + " (" + letter.id() + ")"));
            return true;
        });
        tails.putAll(ends);
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_EVERY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ToolException.startFailed("interrupted", List.of());
        }
    }
}
