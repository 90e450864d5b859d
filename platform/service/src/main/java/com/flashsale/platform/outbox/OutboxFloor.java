package com.flashsale.platform.outbox;

import java.time.Duration;

/**
 * Where reading begins. While an old snapshot is open, deleted rows cannot be removed and every look from the beginning steps over all of
 * them. Rows in front of what was published a while ago are therefore looked for once a minute only: a number that was given to a slow
 * transaction may still appear there.
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

    /** True once a minute: then the rows before the floor are looked for as well. */
    boolean isLookDue() {
        if (System.nanoTime() - since < PERIOD_NANOS) return false;
        since = System.nanoTime();
        floor = next;
        next = published;
        return true;
    }

    /** Other shards than before: of these nothing is known. */
    void reset() {
        floor = 0;
        next = 0;
        published = 0;
    }

    void published(long seq) {
        published = Math.max(published, seq);
    }
}
