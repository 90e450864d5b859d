package com.flashsale.waitlist.waitingroom;

import org.springframework.stereotype.Component;

/**
 * Monotonic time for measuring durations: it is never set and never steps. The {@link java.time.Clock} tells the time
 * of day.
 */
@Component
class SteadyClock {

    long nanos() {
        return System.nanoTime();
    }
}
