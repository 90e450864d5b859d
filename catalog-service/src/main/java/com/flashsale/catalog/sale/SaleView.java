package com.flashsale.catalog.sale;

import com.flashsale.catalog.money.Money;
import com.flashsale.catalog.stock.StockBand;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A sale as the public sees it: the stock as a band, never as a number. */
record SaleView(
        UUID id,
        SaleState state,
        StockBand stock,
        int version,
        UUID productId,
        String productName,
        @Nullable String picture,
        Money.Text price,
        int allotted,
        int purchaseLimit,
        Instant opensAt,
        Instant closesAt,
        Duration holdDuration,
        double crowdFactor,
        double admissionFactor,
        int admissionsPerSecond,
        Duration turnDuration,
        Duration admissionDuration,
        Duration offerDuration,
        Draw draw,
        boolean listed,
        @Nullable Instant endedAt) {

    static SaleView of(Listing listing, Instant now) {
        var sale = listing.sale();
        var terms = sale.terms();
        var pacing = terms.pacing();
        return new SaleView(
                sale.id(),
                listing.stateAt(now),
                listing.stock(),
                sale.version(),
                sale.productId(),
                sale.productName(),
                sale.picture(),
                sale.price().text(),
                terms.allotted(),
                terms.purchaseLimit(),
                terms.opensAt(),
                terms.closesAt(),
                terms.holdDuration(),
                pacing.crowdFactor(),
                pacing.admissionFactor(),
                pacing.admissionsPerSecond(),
                pacing.turnDuration(),
                pacing.admissionDuration(),
                pacing.offerDuration(),
                pacing.draw(),
                sale.listed(),
                sale.endedAt());
    }
}
