package com.flashsale.order.checkout;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param maxCalls first charges that one replica has under way
 * @param maxQueued first charges that wait for one of these; beyond that the reconciler takes them up
 * @param orphanedAfter a request without outcome after this time has lost its process; longer than any call
 * @param reconcileBatch payments that one replica looks after at the same time
 * @param lease while one replica looks after a payment, no other one does; longer than two calls
 * @param firstPause before an unknown outcome is looked for again; doubles with each attempt
 * @param longestPause where doubling ends; there is no last attempt, because there is money on the way
 * @param abandonAfter a charge that the provider does not know this long after it was sent is given up
 * @param lookAgainAfter so long after it was sent the provider is asked for a given up charge once more, each: should
 *     it have appeared after all, the money goes back
 */
@ConfigurationProperties("order.checkout")
record CheckoutSettings(
        @DefaultValue("64") int maxCalls,
        @DefaultValue("1000") int maxQueued,
        @DefaultValue("5s") Duration orphanedAfter,
        @DefaultValue("100") int reconcileBatch,
        @DefaultValue("10s") Duration lease,
        @DefaultValue("1s") Duration firstPause,
        @DefaultValue("30s") Duration longestPause,
        @DefaultValue("1m") Duration abandonAfter,
        @DefaultValue({"10m", "24h"}) List<Duration> lookAgainAfter) {

    private static final int DOUBLINGS = 10;

    Duration pauseAfter(int attempts) {
        var doubled = firstPause.multipliedBy(1L << Math.min(attempts, DOUBLINGS));
        return doubled.compareTo(longestPause) < 0 ? doubled : longestPause;
    }
}
