package com.flashsale.waitlist.admission;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What we read of {@code order.order} placed: which admission was used, and by whom. An answer about an admission says less.
 *
 * @param loadTest of the message; its data does not say it
 */
public record OrderPlaced(
        UUID orderId,
        UUID admissionId,
        @Nullable UUID saleId,
        @Nullable UUID customerId,
        @Nullable Integer quantity,
        @JsonIgnore @Nullable String loadTest) {

    @JsonCreator
    OrderPlaced(
            UUID orderId,
            UUID admissionId,
            @Nullable UUID saleId,
            @Nullable UUID customerId,
            @Nullable Integer quantity) {
        this(orderId, admissionId, saleId, customerId, quantity, null);
    }

    public OrderPlaced of(@Nullable String run) {
        return new OrderPlaced(orderId, admissionId, saleId, customerId, quantity, run);
    }

    public OrderPlaced {
        Objects.requireNonNull(orderId, "orderId");
        Objects.requireNonNull(admissionId, "admissionId");
    }
}
