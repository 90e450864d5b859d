package com.flashsale.waitlist.sale;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A sale as its row's columns. */
record SaleRow(
        UUID saleId,
        long version,
        int allotted,
        int purchaseLimit,
        Timestamp opensAt,
        Timestamp closesAt,
        BigDecimal crowdFactor,
        BigDecimal admissionFactor,
        int admissionsPerSecond,
        long turnMs,
        long admissionMs,
        long offerMs,
        String draw,
        boolean paused,
        long pausedMs,
        @Nullable Timestamp pausedAt,
        @Nullable Timestamp endedAt,
        @Nullable String loadTest) {

    static SaleRow of(Sale sale) {
        return new SaleRow(
                sale.id().value(),
                sale.version(),
                sale.allotted(),
                sale.purchaseLimit(),
                Timestamp.from(sale.opensAt()),
                Timestamp.from(sale.closesAt()),
                sale.crowdFactor(),
                sale.admissionFactor(),
                sale.admissionsPerSecond(),
                sale.turn().toMillis(),
                sale.admission().toMillis(),
                sale.offer().toMillis(),
                sale.draw().name(),
                sale.paused(),
                sale.pausedMillis(),
                timestamp(sale.pausedAt()),
                timestamp(sale.endedAt()),
                sale.loadTest());
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant instant) {
        return instant == null ? null : Timestamp.from(instant);
    }
}
