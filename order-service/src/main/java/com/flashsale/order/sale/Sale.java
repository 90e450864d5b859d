package com.flashsale.order.sale;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a sale that decide whether an order may be placed and what it costs.
 *
 * @param version grows with each change at catalog; an older fact never replaces a newer one
 * @param loadTest the run of a load test that it is for; null for real customers
 */
public record Sale(
        UUID id,
        long version,
        Money price,
        int purchaseLimit,
        Instant opensAt,
        Instant closesAt,
        boolean paused,
        @Nullable Instant endedAt,
        @Nullable String loadTest) {

    public boolean isOpenAt(Instant now) {
        return !now.isBefore(opensAt);
    }

    public boolean isOverAt(Instant now) {
        return endedAt != null || !now.isBefore(closesAt);
    }
}
