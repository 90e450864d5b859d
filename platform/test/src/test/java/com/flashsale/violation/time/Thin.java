package com.flashsale.violation.time;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

class Thin {

    Instant instant() {
        return Instant.now();
    }

    LocalDate today() {
        return LocalDate.now();
    }

    long millis() {
        return System.currentTimeMillis();
    }

    UUID id() {
        return UUID.randomUUID();
    }

    /** Not one: this is how it is done. */
    Instant instant(Clock clock) {
        return Instant.now(clock);
    }
}
