package com.flashsale.catalog.sale;

import com.flashsale.catalog.stock.StockBand;
import java.time.Instant;
import java.util.UUID;

/** A sale together with what is known of its stock. */
record Listing(Sale sale, StockBand stock) {

    private static final int FIXED_BYTES = 640;

    /** Until inventory has spoken all units are there. */
    static Listing unsold(Sale sale) {
        var allotted = sale.terms().allotted();
        return new Listing(sale, StockBand.of(allotted, allotted));
    }

    /** About how much heap it takes: two bytes a character of the name at most. */
    int bytes() {
        return FIXED_BYTES + 2 * sale.productName().length();
    }

    UUID id() {
        return sale.id();
    }

    SaleState stateAt(Instant now) {
        return sale.stateAt(now, stock);
    }

    /** Changes exactly when what the public sees changes. */
    String versionAt(Instant now) {
        return sale.version() + "-" + stock + "-" + stateAt(now);
    }
}
