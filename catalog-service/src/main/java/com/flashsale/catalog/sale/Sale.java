package com.flashsale.catalog.sale;

import com.flashsale.catalog.money.Money;
import com.flashsale.catalog.product.Product;
import com.flashsale.catalog.stock.StockBand;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A limited offer of one product. Its state is not stored: it follows from the facts, the clock and the stock, so nothing has to run at
 * the moment of opening or closing.
 *
 * @param version grows with each change; who copies a sale keeps the greatest
 * @param productName as it was when the sale was made
 * @param endedAt when an operator ended it; null while none has
 * @param loadTest the run of a load test that it is for; null for real customers
 */
record Sale(
        UUID id,
        int version,
        UUID productId,
        String productName,
        Money price,
        Terms terms,
        boolean paused,
        @Nullable Instant endedAt,
        @Nullable String loadTest) {

    private static final int FIRST_VERSION = 1;

    static Sale scheduled(UUID id, Product product, Money price, Terms terms) {
        return new Sale(id, FIRST_VERSION, product.id(), product.name(), price, terms, false, null, product.loadTest());
    }

    /** A pause outranks "sold out": while it lasts, a unit that comes back is not for sale either. */
    SaleState stateAt(Instant now, StockBand stock) {
        if (endedAt != null || !now.isBefore(terms.closesAt())) return SaleState.ENDED;
        if (now.isBefore(terms.opensAt())) return SaleState.SCHEDULED;
        if (paused) return SaleState.PAUSED;
        return stock == StockBand.SOLD_OUT ? SaleState.SOLD_OUT : SaleState.OPEN;
    }
}
