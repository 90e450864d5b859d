package com.flashsale.platform.time;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;

/**
 * Keeps the beginnings of batches apart: a batch costs much the same whether it holds one item or fifty, so under load
 * it pays to let more gather. After a longer pause the next batch begins at once. For one thread.
 */
public final class BatchPacer {

    /** The longest time until a wait notices that its batch is full. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final long apartNanos;
    private final DoubleSupplier stretch;
    private long next;

    /**
     * @param apart the least time between the beginnings of two batches; zero: no wait
     * @param stretch the multiple of it that holds at the moment, see {@link MachineLoad}
     */
    public BatchPacer(Duration apart, DoubleSupplier stretch) {
        this.apartNanos = apart.toNanos();
        this.stretch = stretch;
        reset();
    }

    /** There was nothing to do: the next batch begins at once. */
    public void reset() {
        next = System.nanoTime();
    }

    /**
     * Returns when the next batch may begin; the caller begins it then. An interrupt ends the wait early and is kept.
     */
    public void await() {
        await(() -> false, Long.MAX_VALUE);
    }

    /** Waits like {@link #await()}, but returns within a few milliseconds once the batch is full. */
    public void await(BooleanSupplier full) {
        await(full, LOOK_NANOS);
    }

    private void await(BooleanSupplier full, long lookNanos) {
        if (apartNanos > 0) {
            long left = next - System.nanoTime();
            while (left > 0 && !full.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(Math.min(left, lookNanos));
                left = next - System.nanoTime();
            }
            next = System.nanoTime() + (long) (apartNanos * stretch.getAsDouble());
        }
    }
}
