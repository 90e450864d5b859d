package com.flashsale.inventory.reservation;

import java.time.Instant;

/** What order-service told about an order, as far as units are concerned. */
sealed interface OrderFact {

    Purchase purchase();

    record Placed(Purchase purchase, Instant placedAt) implements OrderFact {}

    record Paid(Purchase purchase) implements OrderFact {}

    record Cancelled(Purchase purchase) implements OrderFact {}
}
