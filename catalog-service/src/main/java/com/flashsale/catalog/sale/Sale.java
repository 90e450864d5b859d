package com.flashsale.catalog.sale;

import com.flashsale.catalog.money.Money;
import com.flashsale.catalog.product.Product;
import com.flashsale.catalog.stock.StockBand;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A limited offer of one product. Its state is not stored: it follows from the facts, the clock and the stock. So no
 * job has to run at the moment of opening or closing.
 *
 * @param version grows with each change; a service that copies a sale keeps the greatest
 * @param productName as it was when the sale was made
 * @param picture the product's
 * @param listed false for a sale that is reachable by its id only
 * @param endedAt when an operator ended it; null while none has
 * @param loadTest the run of a load test that it is for; null for real customers
 */
record Sale(
        UUID id,
        int version,
        UUID productId,
        String productName,
        @Nullable String picture,
        Money price,
        Terms terms,
        boolean listed,
        Pauses pauses,
        @Nullable Instant endedAt,
        @Nullable String loadTest) {

    private static final int FIRST_VERSION = 1;

    static Sale scheduled(CreateSale.Command command, Product product) {
        return new Sale(
                command.saleId(),
                FIRST_VERSION,
                product.id(),
                product.name(),
                product.picture(),
                command.price(),
                command.terms(),
                command.listed(),
                Pauses.NONE,
                null,
                product.loadTest());
    }

    /**
     * "Sold out" outranks a pause, as in the waiting room: a pause changes nothing for customers while no unit is left.
     */
    SaleState stateAt(Instant now, StockBand stock) {
        if (endedAt != null || !now.isBefore(terms.closesAt())) return SaleState.ENDED;
        if (now.isBefore(terms.opensAt())) return SaleState.SCHEDULED;
        if (stock == StockBand.SOLD_OUT) return SaleState.SOLD_OUT;
        return pauses.running() ? SaleState.PAUSED : SaleState.OPEN;
    }

    /**
     * The pauses of a sale.
     *
     * @param running whether it is paused now
     * @param since when the running pause began; null without one
     * @param total of all pauses that have ended
     */
    record Pauses(boolean running, @Nullable Instant since, Duration total) {

        static final Pauses NONE = new Pauses(false, null, Duration.ZERO);
    }
}
