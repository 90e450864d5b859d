package com.flashsale.inventory.reservation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A fact about an order from order-service, with only the parts that concern units. */
sealed interface OrderFact {

    Purchase purchase();

    /** @param loadTest the run that it was placed by */
    record Placed(
            Purchase purchase, Instant placedAt, @Nullable String loadTest) implements OrderFact {

        /** By a real customer. */
        Placed(Purchase purchase, Instant placedAt) {
            this(purchase, placedAt, null);
        }
    }

    record Paid(Purchase purchase) implements OrderFact {}

    record Cancelled(Purchase purchase) implements OrderFact {}
}
