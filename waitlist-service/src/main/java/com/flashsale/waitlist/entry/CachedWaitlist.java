package com.flashsale.waitlist.entry;

import com.flashsale.platform.groupcommit.OverloadedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The waiting entries of one sale: the list of the database, at most a second old, and the entries that have joined on
 * this replica since. One caller reads the list anew; callers that come meanwhile wait for it.
 */
final class CachedWaitlist {

    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private record Snapshot(List<EntryRank> read, List<EntryRank> joined, Instant at) {

        Snapshot with(List<EntryRank> more) {
            return new Snapshot(
                    read,
                    EntryRank.merge(
                            joined,
                            more.stream()
                                    .filter(rank -> !rank.isIn(read) && !rank.isIn(joined))
                                    .toList()),
                    at);
        }
    }

    private final Supplier<List<EntryRank>> database;
    private final Clock clock;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Snapshot snapshot = new Snapshot(List.of(), List.of(), Instant.MIN);
    private List<EntryRank> joinedWhileReading = List.of();

    /** @param database all ranks that wait, in their order */
    CachedWaitlist(Supplier<List<EntryRank>> database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * The position of a rank; 1 is next. An entry that left or got an offer in the last second still counts. An entry
     * that joined on another replica in that second does not count yet.
     */
    long position(EntryRank rank) {
        var now = snapshot();
        return rank.behind(now.read()) + rank.behind(now.joined()) + 1L;
    }

    int waiting() {
        var now = snapshot();
        return now.read().size() + now.joined().size();
    }

    /** The number of ranks in memory. */
    int size() {
        var now = snapshot;
        return now.read().size() + now.joined().size();
    }

    /** Adds ranks whose joins are committed. */
    synchronized void joined(Collection<EntryRank> fresh) {
        var sorted = fresh.stream().sorted().toList();
        snapshot = snapshot.with(sorted);
        joinedWhileReading = EntryRank.merge(joinedWhileReading, sorted);
    }

    private Snapshot snapshot() {
        var asked = clock.instant();
        var kept = snapshot;
        if (isFresh(kept, asked)) return kept;
        if (!await()) throw new OverloadedException("the waitlist is read for longer than " + PATIENCE);
        try {
            return isFresh(snapshot, asked) || wasReadSince(kept, asked) ? snapshot : read();
        } finally {
            reading.unlock();
        }
    }

    /** A list from the future is not fresh either: the clock may have been set back. */
    private static boolean isFresh(Snapshot some, Instant asked) {
        return some.at().plus(FRESH).isAfter(asked) && !some.at().isAfter(asked);
    }

    /** Whether the list was read after the question, however long the database took for it. */
    private boolean wasReadSince(Snapshot kept, Instant asked) {
        return !snapshot.at().equals(kept.at()) && !snapshot.at().isBefore(asked);
    }

    private boolean await() {
        try {
            return reading.tryLock(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Snapshot read() {
        beginToRead();
        // as old as the question, not as the response
        var at = clock.instant();
        return snapshot(database.get(), at);
    }

    /** Forgets earlier joins: the list to be read holds them, or they have left. */
    private synchronized void beginToRead() {
        joinedWhileReading = List.of();
    }

    private synchronized Snapshot snapshot(List<EntryRank> read, Instant at) {
        snapshot = new Snapshot(read, List.of(), at).with(joinedWhileReading);
        return snapshot;
    }
}
