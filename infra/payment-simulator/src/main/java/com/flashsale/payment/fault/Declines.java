package com.flashsale.payment.fault;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** A time in which the provider declines each new charge. It is kept in memory, so a restart ends it too. */
@Component
public class Declines {

    static final Duration LONGEST = Duration.ofMinutes(5);

    private final Clock clock;
    private volatile Instant until = Instant.MIN;

    Declines(Clock clock) {
        this.clock = clock;
    }

    public boolean decline() {
        return clock.instant().isBefore(until);
    }

    /** @param time from now on; zero ends it */
    Instant last(Duration time) {
        until = clock.instant().plus(time);
        return until;
    }
}
