package com.flashsale.catalog.sale;

import com.flashsale.catalog.stock.StockBand;
import java.time.Instant;
import java.util.UUID;

/** A sale with the band of its stock. */
record SaleWithStock(Sale sale, StockBand stock) {

    private static final int FIXED_BYTES = 640;

    /** Before inventory's first event, all allotted units count as available. */
    static SaleWithStock unsold(Sale sale) {
        var allotted = sale.terms().allotted();
        return new SaleWithStock(sale, StockBand.of(allotted, allotted));
    }

    /** Approximate heap in bytes: a fixed part, and at most two bytes per character of the name. */
    int bytes() {
        return FIXED_BYTES + 2 * sale.productName().length();
    }

    UUID id() {
        return sale.id();
    }

    SaleState stateAt(Instant now) {
        return sale.stateAt(now, stock);
    }

    /** A version that changes exactly when the public view of the sale changes. */
    String versionAt(Instant now) {
        return sale.version() + "-" + stock + "-" + stateAt(now);
    }
}
