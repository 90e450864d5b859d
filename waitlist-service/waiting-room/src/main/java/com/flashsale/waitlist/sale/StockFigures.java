package com.flashsale.waitlist.sale;

/** The stock as events of a reservation carry it. */
public record StockFigures(int allotted, int available, int reserved, int sold, long version) {

    public Stock of(SaleId sale) {
        return new Stock(sale, allotted, available, reserved, sold, version);
    }
}
