package com.flashsale.waitlist.admission;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The fields that this service reads of {@code order.order} placed: the admission that was used, and its customer. An
 * answer about a withdrawn admission has fewer of them.
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
