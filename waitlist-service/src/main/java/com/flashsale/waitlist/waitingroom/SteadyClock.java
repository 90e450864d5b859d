package com.flashsale.waitlist.waitingroom;

import org.springframework.stereotype.Component;

/** For how long ago something was: never set, steps neither way. What time it is, is for the {@link java.time.Clock} to say. */
@Component
class SteadyClock {

    long nanos() {
        return System.nanoTime();
    }
}
