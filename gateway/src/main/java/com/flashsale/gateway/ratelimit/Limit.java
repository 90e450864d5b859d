package com.flashsale.gateway.ratelimit;

/**
 * The terms of a token bucket.
 *
 * @param name as callers see it in the RateLimit headers
 * @param rate tokens a second
 * @param burst tokens in a full bucket
 * @param unreportedBurst tokens of a full bucket that a gateway gives before it reports them to Redis
 * @param policy the {@code RateLimit-Policy} of draft-ietf-httpapi-ratelimit-headers: the burst, and the seconds in
 *     which an empty bucket fills
 */
record Limit(String name, int rate, int burst, int unreportedBurst, String policy) {

    private static final long MICROS = 1_000_000;
    private static final int UNREPORTED_SHARE = 8;

    Limit(String name, int rate, int burst, int unreportedBurst) {
        this(name, rate, burst, unreportedBurst, "\"%s\";q=%d;w=%d".formatted(name, burst, Math.max(1, burst / rate)));
    }

    /** A limit whose tokens are all counted in Redis before they are given. */
    static Limit strict(String name, LimitSettings.Pace pace) {
        return new Limit(name, pace.rate(), pace.burst(), 0);
    }

    /** A limit whose first tokens need no question to Redis: most callers come a few times and never near it. */
    static Limit lenient(String name, LimitSettings.Pace pace) {
        return new Limit(name, pace.rate(), pace.burst(), pace.burst() / UNREPORTED_SHARE);
    }

    /** Time between two requests at the steady rate. */
    double intervalMicros() {
        return (double) MICROS / rate;
    }
}
