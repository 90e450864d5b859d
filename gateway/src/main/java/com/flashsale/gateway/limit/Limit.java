package com.flashsale.gateway.limit;

import java.time.Duration;

/**
 * A token bucket's terms.
 *
 * @param name as callers see it in the RateLimit headers
 * @param rate tokens a second
 * @param burst tokens in a full bucket
 */
record Limit(String name, int rate, int burst) {

    private static final long MICROS = 1_000_000;

    static Limit of(String name, LimitSettings.Pace pace) {
        return new Limit(name, pace.rate(), pace.burst());
    }

    /** Between two requests at the steady rate. */
    double intervalMicros() {
        return (double) MICROS / rate;
    }

    Duration timeToFill() {
        return Duration.ofNanos((long) (burst * intervalMicros() * 1000));
    }

    /** The {@code RateLimit-Policy} of draft-ietf-httpapi-ratelimit-headers: so many in the time that an empty bucket needs to fill. */
    String policy() {
        return "\"%s\";q=%d;w=%d"
                .formatted(name, burst, Math.max(1, timeToFill().toSeconds()));
    }
}
