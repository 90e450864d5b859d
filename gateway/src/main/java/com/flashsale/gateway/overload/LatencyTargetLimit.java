package com.flashsale.gateway.overload;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Additive increase, multiplicative decrease (Chiu and Jain, 1989) around a target for the mean response time of a
 * window. Above the target the limit shrinks by a tenth; below it the limit grows by a hundredth, up to its start
 * value. It also grows while little is under way, so that after a flood there is room again for the backlog of a
 * collector's pause. A window with few responses stays open longer, so that one slow response does not decide alone and
 * a quiet gateway still adapts.
 */
final class LatencyTargetLimit {

    private static final double BACK_OFF = 0.9;
    private static final int STEPS = 100;
    private static final int ENOUGH = 10;
    private static final int LONGEST_WINDOWS = 8;

    private final int least;
    private final int most;
    private final long targetNanos;
    private final long windowNanos;
    private final LongSupplier nanoTime;

    private volatile int limit;
    private long windowBegan;
    private long sumNanos;
    private int samples;

    LatencyTargetLimit(int least, int most, Duration target, Duration window, LongSupplier nanoTime) {
        this.least = least;
        this.most = most;
        this.targetNanos = target.toNanos();
        this.windowNanos = window.toNanos();
        this.nanoTime = nanoTime;
        limit = most;
        windowBegan = nanoTime.getAsLong();
    }

    int get() {
        return limit;
    }

    /** Records the time of a response or of a timeout. */
    synchronized void sample(long nanos) {
        sumNanos += nanos;
        samples++;
        var now = nanoTime.getAsLong();
        var passed = now - windowBegan;
        if (passed < windowNanos || (samples < ENOUGH && passed < windowNanos * LONGEST_WINDOWS)) return;
        var isSlow = sumNanos / samples > targetNanos;
        var more = Math.max(1, limit / STEPS) * Math.clamp(passed / windowNanos, 1, LONGEST_WINDOWS);
        limit = Math.clamp(isSlow ? (int) (limit * BACK_OFF) : limit + more, least, most);
        windowBegan = now;
        sumNanos = 0;
        samples = 0;
    }
}
