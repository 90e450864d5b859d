package com.flashsale.inventory.stock;

import org.jspecify.annotations.Nullable;

/** One line of the ledger: units that moved, and why. */
public record Movement(Kind kind, SaleId sale, @Nullable OrderId order, int units) {

    public enum Kind {
        /** from nowhere to available */
        ALLOTTED,
        /** from available to reserved */
        HELD,
        /** from reserved to sold */
        CONFIRMED,
        /** from reserved to available, because the order was cancelled */
        RELEASED,
        /** from reserved to available, because time was up */
        EXPIRED
    }
}
