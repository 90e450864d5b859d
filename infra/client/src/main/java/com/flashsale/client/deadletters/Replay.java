package com.flashsale.client.deadletters;

import com.flashsale.client.ToolException;
import com.flashsale.client.deadletters.Copies.Copy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * Sends letters again, in portions: each is sent in the order of its topic, remembered, and waited for before the next.
 * A portion of which no letter was handled ends the replay, since the next ones would only come back.
 */
public final class Replay {

    private static final int PORTION = 200;
    private static final int PORTION_BYTES = 4 << 20;

    /**
     * @param patience with the consumers of one portion
     * @param dryRun only reports the letters that it would send
     * @param force sends also letters that were sent before or are too old
     */
    public record Wish(Duration patience, boolean dryRun, boolean force) {}

    private final Broker broker;
    private final ReplayLog replayLog;
    private final Wish wish;
    private final Clock clock;
    private final Compacted compacted;
    private final Copies copies;
    private final Consumer<Result> told;
    private final Set<String> found = new HashSet<>();
    private final List<Letter> before = new ArrayList<>();

    /** @param told gets each result as it is known */
    public Replay(Broker broker, ReplayLog replayLog, Wish wish, Clock clock, Consumer<Result> told) {
        this.broker = broker;
        this.replayLog = replayLog;
        this.wish = wish;
        this.clock = clock;
        this.compacted = new Compacted(broker);
        this.copies = new Copies(broker);
        this.told = told;
    }

    /** Returns true when all letters that were there at its begin had their turn. */
    public boolean run(Selection selection, List<TopicPartition> partitions) {
        var ends = broker.ends(partitions);
        boolean complete = true;
        for (var partition : partitions) {
            long end = Math.min(ends.getOrDefault(partition, 0L), selection.end(partition));
            complete = complete && run(selection, partition, end);
        }
        tellOfThoseSentBefore();
        var missing = selection.without(found);
        if (complete && !missing.isEmpty()) {
            throw ToolException.usage("There is no dead letter " + String.join(", ", missing));
        }
        return complete;
    }

    private boolean run(Selection selection, TopicPartition partition, long end) {
        long next = selection.first(partition);
        while (next < end) {
            var portion = new Portion(next);
            broker.read(Map.of(partition, next), Map.of(partition, end), message -> {
                portion.take(new Letter(message), selection);
                return !portion.isFull();
            });
            next = portion.isFull() ? portion.next : end;
            if (!send(portion.letters)) return false;
        }
        return true;
    }

    private void tellOfThoseSentBefore() {
        var remembered = replayLog.of(before.stream().map(Letter::id).collect(Collectors.toSet()));
        for (var letter : before) {
            var mark = remembered.get(letter.id());
            var note = mark == null ? "" : mark.outcome().words() + ", " + mark.at();
            told.accept(new Result(letter, Outcome.SENT_BEFORE, mark == null ? null : mark.sentTo(), note));
        }
    }

    /** Letters to be sent together. */
    private final class Portion {
        private final List<Letter> letters = new ArrayList<>();
        private long bytes;
        private long next;

        Portion(long next) {
            this.next = next;
        }

        void take(Letter letter, Selection selection) {
            next = letter.id().offset() + 1;
            if (!selection.isOf(letter)) return;
            found.add(letter.id().toString());
            letter.eventId().filter(selection.ids()::contains).ifPresent(found::add);
            boolean isNamed = !selection.ids().isEmpty();
            if (!wish.force() && replayLog.has(letter.id())) {
                if (isNamed) before.add(letter);
            } else if (!wish.force() && Inboxes.haveForgotten(letter, clock.instant())) {
                told.accept(new Result(letter, Outcome.TOO_OLD, null, Inboxes.WHY));
            } else {
                letters.add(letter);
                bytes += Math.max(0, letter.message().serializedValueSize());
            }
        }

        boolean isFull() {
            return letters.size() >= PORTION || bytes >= PORTION_BYTES;
        }
    }

    /** True when it makes sense to go on. */
    private boolean send(List<Letter> letters) {
        if (letters.isEmpty()) return true;
        var superseded = compacted.superseded(letters);
        var open = letters.stream()
                .filter(letter -> !superseded.contains(letter.id()))
                .sorted(IN_ORDER)
                .toList();
        var settled = letters.stream()
                .filter(letter -> superseded.contains(letter.id()))
                .map(letter -> new Result(letter, Outcome.SUPERSEDED))
                .toList();
        if (wish.dryRun()) {
            settled.forEach(told);
            open.stream()
                    .map(letter -> new Result(letter, Outcome.WOULD_BE_SENT))
                    .forEach(told);
            return true;
        }
        remember(settled);
        settled.forEach(told);
        return open.isEmpty() || sendAndWait(open);
    }

    /**
     * In the order of the original topic; letters without a known place come last, in the order in which they were set
     * aside.
     */
    private static final Comparator<Letter> IN_ORDER = Comparator.comparing((Letter letter) ->
                    letter.firstPlace().map(Letter.Place::partition).orElse(Integer.MAX_VALUE))
            .thenComparing(
                    letter -> letter.firstPlace().map(Letter.Place::offset).orElse(Long.MAX_VALUE));

    private boolean sendAndWait(List<Letter> open) {
        var boxes = open.stream().map(letter -> letter.id().partition()).collect(Collectors.toSet());
        var tails = new HashMap<>(broker.ends(boxes));
        var sent = copies.send(open);
        var refused = open.stream()
                .filter(letter -> copyOf(letter, sent).isRefused())
                .map(letter -> new Result(
                        letter, Outcome.REFUSED, null, copyOf(letter, sent).refusal()))
                .toList();
        refused.forEach(told);
        var taken = open.stream()
                .filter(letter -> !copyOf(letter, sent).isRefused())
                .toList();
        // before the wait: a run that is ended now must not be forgotten
        remember(taken.stream()
                .map(letter ->
                        new Result(letter, Outcome.WAITING, copyOf(letter, sent).place(), ""))
                .toList());
        var results = new Aftermath(broker, wish.patience()).of(taken, sent, tails);
        var inOrder = taken.stream()
                .map(letter -> Objects.requireNonNull(results.get(letter.id())))
                .toList();
        remember(inOrder);
        inOrder.forEach(told);
        return inOrder.stream().anyMatch(result -> result.outcome() == Outcome.HANDLED);
    }

    private static Copy copyOf(Letter letter, Map<LetterId, Copy> sent) {
        return Objects.requireNonNull(sent.get(letter.id()));
    }

    private void remember(List<Result> results) {
        var remembered = new HashMap<LetterId, ReplayRecord>();
        for (var result : results) {
            var id = result.letter().id();
            remembered.put(
                    id, new ReplayRecord(replayLog.topicIdOf(id), result.sentTo(), clock.instant(), result.outcome()));
        }
        replayLog.remember(remembered);
    }
}
