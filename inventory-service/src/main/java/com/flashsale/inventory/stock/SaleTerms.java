package com.flashsale.inventory.stock;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The terms of a sale, copied from catalog-service so that the sale goes on without it. A later version changes the
 * terms, never the allotted units.
 *
 * @param endedAt when an operator ended the sale before it closed
 * @param loadTest the run of a load test that the sale is for; null for real customers
 */
public record SaleTerms(
        long version,
        int purchaseLimit,
        Duration holdDuration,
        Instant opensAt,
        Instant closesAt,
        @Nullable Instant endedAt,
        @Nullable String loadTest) {

    /** The clocks of two machines are not further apart than this, also when one has lost its time server. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);

    /** The terms of a sale for real customers. */
    public SaleTerms(
            long version,
            int purchaseLimit,
            Duration holdDuration,
            Instant opensAt,
            Instant closesAt,
            @Nullable Instant endedAt) {
        this(version, purchaseLimit, holdDuration, opensAt, closesAt, endedAt, null);
    }

    /**
     * Both ends go by the time of the order. The waiting room and order-service have let the customer in by their own
     * clocks. If the clock here is behind, that is no reason to turn the first in line away. A difference of more than
     * ten minutes is one, since no clock is that wrong. An order that was placed in time is served, however late its
     * message arrives.
     */
    public boolean sellsTo(Instant placedAt, Instant now) {
        return !placedAt.isBefore(opensAt)
                && !now.isBefore(opensAt.minus(CLOCKS_DIFFER))
                && placedAt.isBefore(closesAt)
                && (endedAt == null || placedAt.isBefore(endedAt));
    }
}
