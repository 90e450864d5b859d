package com.flashsale.waitlist.sale;

/** A sale and its stock, as this replica knows them: at most half a second old. */
public record KnownSale(Sale sale, Stock stock) {

    public SaleId id() {
        return sale.id();
    }
}
