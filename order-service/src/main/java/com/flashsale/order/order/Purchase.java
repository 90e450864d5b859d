package com.flashsale.order.order;

import com.flashsale.order.sale.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The sale, customer, quantity and price of an order, fixed when it is placed.
 *
 * @param admissionId the right that was used up by this order
 * @param loadTest of the sale; null for real customers
 */
public record Purchase(
        UUID id,
        UUID saleId,
        UUID customerId,
        UUID admissionId,
        int quantity,
        Money total,
        Instant placedAt,
        @Nullable String loadTest) {

    /** A purchase by a real customer. */
    public Purchase(
            UUID id, UUID saleId, UUID customerId, UUID admissionId, int quantity, Money total, Instant placedAt) {
        this(id, saleId, customerId, admissionId, quantity, total, placedAt, null);
    }

    public Purchase {
        if (quantity < 1) throw new IllegalArgumentException("quantity must be positive: " + quantity);
    }
}
