package com.flashsale.engines;

import java.time.Duration;

/** The moment at which a wait ends, by the monotonic clock. */
record Deadline(long nanos) {

    static Deadline in(Duration timeout) {
        return new Deadline(System.nanoTime() + timeout.toNanos());
    }

    boolean isOver() {
        return System.nanoTime() - nanos >= 0;
    }

    void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("Interrupted while waiting for an engine.", e);
        }
    }
}
