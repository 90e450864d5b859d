package com.flashsale.inventory.stock;

/** The units of a sale by state, as other services see them; each version is one committed state. */
public record StockCounts(int allotted, int available, int reserved, int sold, long version) {

    public static StockCounts of(Stock stock) {
        return new StockCounts(stock.allotted(), stock.available(), stock.reserved(), stock.sold(), stock.version());
    }
}
