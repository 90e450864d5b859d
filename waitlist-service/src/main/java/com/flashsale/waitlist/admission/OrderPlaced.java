package com.flashsale.waitlist.admission;

import java.util.Objects;
import java.util.UUID;

/** What we read of {@code order.order} placed: which admission was used. */
public record OrderPlaced(UUID orderId, UUID admissionId) {

    public OrderPlaced {
        Objects.requireNonNull(orderId, "orderId");
        Objects.requireNonNull(admissionId, "admissionId");
    }
}
