package com.flashsale.inventory.stock;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The fields of a {@code catalog.sale} event that inventory reads; each event carries the full facts. */
record SaleFacts(
        UUID saleId,
        long version,
        int allotted,
        int purchaseLimit,
        Instant opensAt,
        Instant closesAt,
        Duration holdDuration,
        @Nullable Instant endedAt) {

    SaleFacts {
        if (allotted < 1 || purchaseLimit < 1 || !holdDuration.isPositive()) {
            throw new IllegalArgumentException("a sale has units, a limit and a time to pay: " + saleId);
        }
    }

    SaleId sale() {
        return new SaleId(saleId);
    }

    SaleTerms terms() {
        return new SaleTerms(version, purchaseLimit, holdDuration, opensAt, closesAt, endedAt);
    }
}
