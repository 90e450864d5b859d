package com.flashsale.catalog.stock;

import java.util.UUID;

/** What catalog reads of {@code inventory.stock.changed}. */
record StockChanged(UUID saleId, int allotted, int available, long version) {

    static final String TYPE = "com.flashsale.inventory.stock.changed.v1";

    StockChanged newer(StockChanged other) {
        return other.version > version ? other : this;
    }
}
