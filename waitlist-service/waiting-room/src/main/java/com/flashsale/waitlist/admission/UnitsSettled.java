package com.flashsale.waitlist.admission;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Objects;
import java.util.UUID;

/**
 * The outcome of the units of an order after they were held: sold, or free again. An order that was paid late is sold
 * after it had expired, and no further change follows.
 *
 * @param sold whether they are the customer's for good
 */
public record UnitsSettled(
        UUID orderId,
        UUID saleId,
        UUID customerId,
        int quantity,
        @JsonIgnore boolean sold) {

    @JsonCreator
    UnitsSettled(UUID orderId, UUID saleId, UUID customerId, int quantity) {
        this(orderId, saleId, customerId, quantity, false);
    }

    public UnitsSettled {
        Objects.requireNonNull(orderId, "orderId");
        Objects.requireNonNull(saleId, "saleId");
        Objects.requireNonNull(customerId, "customerId");
    }

    public UnitsSettled of(boolean areSold) {
        return new UnitsSettled(orderId, saleId, customerId, quantity, areSold);
    }

    int stage() {
        return sold ? 3 : 2;
    }
}
