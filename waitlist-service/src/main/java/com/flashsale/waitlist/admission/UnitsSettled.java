package com.flashsale.waitlist.admission;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of the units of an order after they were held: sold, or free again. An order that was paid late is sold
 * after it had expired, and no further change follows.
 *
 * @param sold whether they are the customer's for good
 * @param loadTest of the message; its data does not say it
 */
public record UnitsSettled(
        UUID orderId,
        UUID saleId,
        UUID customerId,
        int quantity,
        @JsonIgnore boolean sold,
        @JsonIgnore @Nullable String loadTest) {

    @JsonCreator
    UnitsSettled(UUID orderId, UUID saleId, UUID customerId, int quantity) {
        this(orderId, saleId, customerId, quantity, false, null);
    }

    public UnitsSettled {
        Objects.requireNonNull(orderId, "orderId");
        Objects.requireNonNull(saleId, "saleId");
        Objects.requireNonNull(customerId, "customerId");
    }

    public UnitsSettled of(boolean areSold, @Nullable String run) {
        return new UnitsSettled(orderId, saleId, customerId, quantity, areSold, run);
    }

    int stage() {
        return sold ? 3 : 2;
    }
}
