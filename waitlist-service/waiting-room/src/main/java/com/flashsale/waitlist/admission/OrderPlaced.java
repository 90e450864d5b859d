package com.flashsale.waitlist.admission;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The fields that this service reads of {@code order.order} placed: the admission that was used, and its customer. An
 * answer about a withdrawn admission has fewer of them.
 */
public record OrderPlaced(
        UUID orderId,
        UUID admissionId,
        @Nullable UUID saleId,
        @Nullable UUID customerId,
        @Nullable Integer quantity) {

    public OrderPlaced {
        Objects.requireNonNull(orderId, "orderId");
        Objects.requireNonNull(admissionId, "admissionId");
    }
}
