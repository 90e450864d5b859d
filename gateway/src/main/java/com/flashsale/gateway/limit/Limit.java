package com.flashsale.gateway.limit;

/**
 * A token bucket's terms.
 *
 * @param name as callers see it in the RateLimit headers
 * @param rate tokens a second
 * @param burst tokens in a full bucket
 * @param quiet tokens of a full bucket that a gateway gives without asking the others; it tells them when the caller goes on
 * @param policy the {@code RateLimit-Policy} of draft-ietf-httpapi-ratelimit-headers: so many in the time that an empty bucket needs to fill
 */
record Limit(String name, int rate, int burst, int quiet, String policy) {

    private static final long MICROS = 1_000_000;
    private static final int QUIET_SHARE = 8;

    Limit(String name, int rate, int burst, int quiet) {
        this(name, rate, burst, quiet, "\"%s\";q=%d;w=%d".formatted(name, burst, Math.max(1, burst / rate)));
    }

    /** Every token is counted by all gateways before it is given. */
    static Limit strict(String name, LimitSettings.Pace pace) {
        return new Limit(name, pace.rate(), pace.burst(), 0);
    }

    /** Most callers come a few times and never near their limit: they are not worth a question each. */
    static Limit lenient(String name, LimitSettings.Pace pace) {
        return new Limit(name, pace.rate(), pace.burst(), pace.burst() / QUIET_SHARE);
    }

    /** Between two requests at the steady rate. */
    double intervalMicros() {
        return (double) MICROS / rate;
    }
}
