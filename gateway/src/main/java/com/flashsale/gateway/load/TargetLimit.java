package com.flashsale.gateway.load;

import com.netflix.concurrency.limits.limit.AbstractLimit;

/**
 * Additive increase, multiplicative decrease (Chiu and Jain, 1989) around a target for the time of an answer: above it a tenth less is let in,
 * below it a hundredth more, up to where it began. It grows also while little is under way, unlike the library's own AIMD limit: after a
 * flood there is room again for what a pause of the collector lets pile up.
 */
final class TargetLimit extends AbstractLimit {

    private static final double BACK_OFF = 0.9;
    private static final int STEPS = 100;

    private final int least;
    private final int most;
    private final long targetNanos;

    TargetLimit(int least, int most, long targetNanos) {
        super(most);
        this.least = least;
        this.most = most;
        this.targetNanos = targetNanos;
    }

    @Override
    protected int _update(long begun, long nanos, int inFlight, boolean dropped) {
        var now = getLimit();
        var next = dropped || nanos > targetNanos ? (int) (now * BACK_OFF) : now + Math.max(1, now / STEPS);
        return Math.clamp(next, least, most);
    }
}
