package com.flashsale.platform.time;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Keeps the beginnings of batches apart: a batch costs much the same whether it holds one or fifty, so under load it pays to let more
 * gather. Whoever comes after a pause that was longer waits for nothing. For one thread.
 */
public final class Pace {

    /** How soon a batch that has become full is seen. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final long apartNanos;
    private long last;

    /** @param apart from the beginning of one batch to that of the next, at least; zero: as fast as it goes */
    public Pace(Duration apart) {
        this.apartNanos = apart.toNanos();
        reset();
    }

    /** There was nothing to do: the next one waits for nothing. */
    public void reset() {
        last = System.nanoTime() - apartNanos;
    }

    /** Returns when the next batch may begin, which it then does; an interrupt ends the wait early and is kept. */
    public void await() {
        await(() -> false, Long.MAX_VALUE);
    }

    /** The same, and sooner, by a few milliseconds after it, when a batch is full: then there is nothing to wait for. */
    public void await(BooleanSupplier full) {
        await(full, LOOK_NANOS);
    }

    private void await(BooleanSupplier full, long lookNanos) {
        if (apartNanos > 0) {
            long left = last + apartNanos - System.nanoTime();
            while (left > 0 && !full.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(Math.min(left, lookNanos));
                left = last + apartNanos - System.nanoTime();
            }
        }
        last = System.nanoTime();
    }
}
