package com.flashsale.inventory.reservation;

import com.flashsale.inventory.stock.OrderId;
import com.flashsale.inventory.stock.SaleId;

/** The units that one customer orders from one sale. */
record Purchase(OrderId order, SaleId sale, CustomerId customer, int units) {

    Purchase {
        if (units < 1) throw new IllegalArgumentException("units must be positive: " + units);
    }
}
