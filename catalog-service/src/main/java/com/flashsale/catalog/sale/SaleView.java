package com.flashsale.catalog.sale;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.flashsale.catalog.money.Money;
import com.flashsale.catalog.stock.StockBand;
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
        @JsonUnwrapped Terms terms,
        boolean listed,
        @Nullable Instant endedAt) {

    static SaleView of(SaleWithStock withStock, Instant now) {
        var sale = withStock.sale();
        return new SaleView(
                sale.id(),
                withStock.stateAt(now),
                withStock.stock(),
                sale.version(),
                sale.productId(),
                sale.productName(),
                sale.picture(),
                sale.price().text(),
                sale.terms(),
                sale.listed(),
                sale.endedAt());
    }
}
