package com.flashsale.inventory.reservation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What order-service told about an order, as far as units are concerned. */
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
