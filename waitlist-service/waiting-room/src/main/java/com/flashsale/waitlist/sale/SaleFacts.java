package com.flashsale.waitlist.sale;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The fields that this service reads of each {@code catalog.sale} event; all of them carry the full facts. */
record SaleFacts(
        UUID saleId,
        long version,
        int allotted,
        int purchaseLimit,
        Instant opensAt,
        Instant closesAt,
        BigDecimal crowdFactor,
        BigDecimal admissionFactor,
        int admissionsPerSecond,
        Duration turnDuration,
        Duration admissionDuration,
        Duration offerDuration,
        Draw draw,
        boolean paused,
        @Nullable Long pausedMillis,
        @Nullable Instant pausedAt,
        @Nullable Instant endedAt) {

    SaleFacts {
        Objects.requireNonNull(saleId, "saleId");
        Objects.requireNonNull(opensAt, "opensAt");
        Objects.requireNonNull(closesAt, "closesAt");
        Objects.requireNonNull(draw, "draw");
        var counts = allotted >= 1 && purchaseLimit >= 1 && admissionsPerSecond >= 1;
        var factors = crowdFactor.signum() > 0 && admissionFactor.signum() > 0;
        var times = turnDuration.isPositive() && admissionDuration.isPositive() && offerDuration.isPositive();
        if (!counts || !factors || !times) {
            throw new IllegalArgumentException("a sale has units, a pace, factors and times: " + saleId);
        }
    }

    /** @param loadTest of the event */
    Sale toSale(@Nullable String loadTest) {
        return new Sale(
                new SaleId(saleId),
                version,
                allotted,
                purchaseLimit,
                opensAt,
                closesAt,
                crowdFactor,
                admissionFactor,
                admissionsPerSecond,
                turnDuration,
                admissionDuration,
                offerDuration,
                draw,
                paused,
                pausedMillis == null ? 0 : Math.max(0, pausedMillis),
                paused ? pausedAt : null,
                endedAt,
                loadTest);
    }
}
