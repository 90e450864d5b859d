package com.flashsale.waitlist.sale;

import org.jspecify.annotations.Nullable;

/** The stock as events of a reservation carry it. */
public record StockFigures(int allotted, int available, int reserved, int sold, long version) {

    public Stock of(SaleId sale, @Nullable String loadTest) {
        return new Stock(sale, allotted, available, reserved, sold, version, loadTest);
    }
}
