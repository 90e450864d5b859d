package com.flashsale.gateway.ratelimit;

import java.time.Duration;

/**
 * A bucket's decision about one request.
 *
 * @param remaining further requests that would pass now
 * @param pause until a request passes again; zero if this one did
 */
record Decision(boolean allowed, long remaining, Duration pause) {

    long pauseSeconds() {
        return pause.isZero() ? 0 : Math.max(1, (pause.toMillis() + 999) / 1000);
    }
}
