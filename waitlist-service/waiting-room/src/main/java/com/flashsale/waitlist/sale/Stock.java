package com.flashsale.waitlist.sale;

/** Units of a sale as inventory-service last told; a higher version is newer. */
public record Stock(SaleId sale, int allotted, int available, int reserved, int sold, long version) {

    /** Until inventory-service has spoken, nothing can have been taken. */
    static Stock untouched(Sale sale) {
        return new Stock(sale.id(), sale.allotted(), sale.allotted(), 0, 0, 0);
    }

    /** Nothing is left and nothing can come back by itself. */
    public boolean allSold() {
        return version > 0 && sold == allotted;
    }

    /** The stock as events of a reservation carry it. */
    public record Figures(int allotted, int available, int reserved, int sold, long version) {

        public Stock of(SaleId sale) {
            return new Stock(sale, allotted, available, reserved, sold, version);
        }
    }
}
