package com.flashsale.catalog.stock;

import java.util.UUID;

/** The fields of {@code inventory.stock.changed} that the catalog reads. */
record StockChanged(UUID saleId, int allotted, int available, long version) {

    static final String TYPE = "com.flashsale.inventory.stock.changed.v1";

    StockChanged newer(StockChanged other) {
        return other.version > version ? other : this;
    }
}
