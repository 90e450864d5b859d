package com.flashsale.waitlist.room;

import org.springframework.stereotype.Component;

/**
 * Monotonic time for measuring durations: it is never set and never steps. The {@link java.time.Clock} tells the time
 * of day.
 */
@Component
public class MonotonicClock {

    public long nanos() {
        return System.nanoTime();
    }
}
