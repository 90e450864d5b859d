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
final class Line {

    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private record Look(List<Place> read, List<Place> joined, Instant at) {

        Look with(List<Place> more) {
            return new Look(
                    read,
                    Place.merge(
                            joined,
                            more.stream()
                                    .filter(place -> !place.isIn(read) && !place.isIn(joined))
                                    .toList()),
                    at);
        }
    }

    private final Supplier<List<Place>> database;
    private final Clock clock;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Look look = new Look(List.of(), List.of(), Instant.MIN);
    private List<Place> joinedWhileReading = List.of();

    /** @param database all places that wait, in their order */
    Line(Supplier<List<Place>> database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * The position of a place; 1 is next. An entry that left or got an offer in the last second still counts. An entry
     * that joined on another replica in that second does not count yet.
     */
    long position(Place place) {
        var now = look();
        return place.behind(now.read()) + place.behind(now.joined()) + 1L;
    }

    int waiting() {
        var now = look();
        return now.read().size() + now.joined().size();
    }

    /** The number of places in memory. */
    int size() {
        var now = look;
        return now.read().size() + now.joined().size();
    }

    /** Adds places whose joins are committed. */
    synchronized void joined(Collection<Place> fresh) {
        var sorted = fresh.stream().sorted().toList();
        look = look.with(sorted);
        joinedWhileReading = Place.merge(joinedWhileReading, sorted);
    }

    private Look look() {
        var asked = clock.instant();
        var kept = look;
        if (isFresh(kept, asked)) return kept;
        if (!await()) throw new OverloadedException("the line is read for longer than " + PATIENCE);
        try {
            return isFresh(look, asked) || wasReadSince(kept, asked) ? look : read();
        } finally {
            reading.unlock();
        }
    }

    /** A list from the future is not fresh either: the clock may have been set back. */
    private static boolean isFresh(Look some, Instant asked) {
        return some.at().plus(FRESH).isAfter(asked) && !some.at().isAfter(asked);
    }

    /** Whether the list was read after the question, however long the database took for it. */
    private boolean wasReadSince(Look kept, Instant asked) {
        return !look.at().equals(kept.at()) && !look.at().isBefore(asked);
    }

    private boolean await() {
        try {
            return reading.tryLock(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Look read() {
        beginToRead();
        // as old as the question, not as the response
        var at = clock.instant();
        return look(database.get(), at);
    }

    /** Forgets earlier joins: the list to be read holds them, or they have left. */
    private synchronized void beginToRead() {
        joinedWhileReading = List.of();
    }

    private synchronized Look look(List<Place> read, Instant at) {
        look = new Look(read, List.of(), at).with(joinedWhileReading);
        return look;
    }
}
