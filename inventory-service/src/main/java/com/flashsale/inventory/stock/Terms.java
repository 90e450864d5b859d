package com.flashsale.inventory.stock;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What catalog-service says about a sale, copied so that the sale goes on without it. A later version changes the terms, never the
 * allotted units.
 *
 * @param endedAt when an operator ended the sale before it closed
 * @param loadTest the run of a load test that the sale is for; null for real customers
 */
public record Terms(
        long version,
        int purchaseLimit,
        Duration holdDuration,
        Instant opensAt,
        Instant closesAt,
        @Nullable Instant endedAt,
        @Nullable String loadTest) {

    /** Of a sale for real customers. */
    public Terms(
            long version,
            int purchaseLimit,
            Duration holdDuration,
            Instant opensAt,
            Instant closesAt,
            @Nullable Instant endedAt) {
        this(version, purchaseLimit, holdDuration, opensAt, closesAt, endedAt, null);
    }

    /**
     * Opening goes by our clock, so that a sender's fast clock cannot begin a sale and a slow one cannot refuse its first order. Closing
     * goes by the order's own time: whoever ordered in time is served, however late the message arrives.
     */
    public boolean sellsTo(Instant placedAt, Instant now) {
        return !now.isBefore(opensAt) && placedAt.isBefore(closesAt) && (endedAt == null || placedAt.isBefore(endedAt));
    }
}
