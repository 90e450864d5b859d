package com.flashsale.inventory.stock;

import java.util.Map;
import java.util.Set;

/** Sales whose stock rows the running transaction has locked. */
public final class LockedSales {

    private final Map<SaleId, LockedSale> sales;

    LockedSales(Map<SaleId, LockedSale> sales) {
        this.sales = sales;
    }

    public boolean contains(SaleId sale) {
        return sales.containsKey(sale);
    }

    public Set<SaleId> ids() {
        return sales.keySet();
    }

    public LockedSale get(SaleId sale) {
        var locked = sales.get(sale);
        if (locked == null) throw new IllegalStateException("the stock is not locked: " + sale);
        return locked;
    }
}
