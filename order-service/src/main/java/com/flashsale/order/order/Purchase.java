package com.flashsale.order.order;

import com.flashsale.order.sale.Money;
import java.time.Instant;
import java.util.UUID;

/**
 * The sale, customer, quantity and price of an order, fixed when it is placed.
 *
 * @param admissionId the right that was used up by this order
 */
public record Purchase(
        UUID id, UUID saleId, UUID customerId, UUID admissionId, int quantity, Money total, Instant placedAt) {

    public Purchase {
        if (quantity < 1) throw new IllegalArgumentException("quantity must be positive: " + quantity);
    }
}
