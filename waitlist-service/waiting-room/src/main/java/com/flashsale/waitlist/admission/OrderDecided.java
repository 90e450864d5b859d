package com.flashsale.waitlist.admission;

import com.flashsale.waitlist.sale.SaleId;
import com.flashsale.waitlist.sale.Stock;
import com.flashsale.waitlist.sale.StockFigures;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The fields that this service reads of {@code inventory.reservation} events.
 *
 * @param reason why the order got no unit, if it was refused
 * @param stock after the change
 */
public record OrderDecided(
        UUID orderId,
        UUID saleId,
        @Nullable UUID customerId,
        @Nullable Integer quantity,
        @Nullable String reason,
        StockFigures stock) {

    public OrderDecided {
        Objects.requireNonNull(orderId, "orderId");
        Objects.requireNonNull(saleId, "saleId");
        Objects.requireNonNull(stock, "stock");
    }

    public Stock toStock() {
        return stock.of(new SaleId(saleId));
    }
}
