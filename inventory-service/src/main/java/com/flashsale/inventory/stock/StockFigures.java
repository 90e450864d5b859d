package com.flashsale.inventory.stock;

/** A committed state of a sale's stock as other services see it. */
public record StockFigures(int allotted, int available, int reserved, int sold, long version) {

    public static StockFigures of(Stock stock) {
        return new StockFigures(stock.allotted(), stock.available(), stock.reserved(), stock.sold(), stock.version());
    }
}
