package com.flashsale.platform.outbox;

import java.time.Duration;

/**
 * The sequence number at which the relay begins to read. While an old snapshot is open, deleted rows cannot be removed,
 * and each read from the beginning steps over all of them. The relay therefore reads the rows before the floor only
 * once a minute. A row may still appear there when a slow transaction commits long after its number was given.
 */
final class OutboxFloor {

    private static final long PERIOD_NANOS = Duration.ofMinutes(1).toNanos();

    private long floor;
    private long next;
    private long published;
    private long since = System.nanoTime();

    /** The smallest number to look for now. */
    long now() {
        return floor;
    }

    /** True once a minute: then the relay also reads the rows before the floor. */
    boolean isLookDue() {
        if (System.nanoTime() - since < PERIOD_NANOS) return false;
        since = System.nanoTime();
        floor = next;
        next = published;
        return true;
    }

    /** The relay holds other shards than before, and nothing is known of them. */
    void reset() {
        floor = 0;
        next = 0;
        published = 0;
    }

    void published(long seq) {
        published = Math.max(published, seq);
    }
}
