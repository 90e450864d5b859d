package com.flashsale.order.sale;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The fields of a {@code catalog.sale} event that order-service reads; each event carries the whole sale. */
record SaleFacts(
        UUID saleId,
        long version,
        Money price,
        int purchaseLimit,
        Instant opensAt,
        Instant closesAt,
        boolean paused,
        @Nullable Long pausedMillis,
        @Nullable Instant pausedAt,
        @Nullable Instant endedAt) {

    SaleFacts {
        if (saleId == null || price == null || opensAt == null || closesAt == null) {
            throw new IllegalArgumentException("a sale needs its id, price and times");
        }
    }

    /** A catalog that does not tell them yet has none: an admission is then as long as it says. */
    private Sale.Pauses pauses() {
        return new Sale.Pauses(pausedMillis == null ? 0 : pausedMillis, paused ? pausedAt : null);
    }

    Sale toSale(@Nullable String loadTest) {
        return new Sale(saleId, version, price, purchaseLimit, opensAt, closesAt, paused, pauses(), endedAt, loadTest);
    }
}
