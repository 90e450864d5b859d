package com.flashsale.order.order;

import com.flashsale.order.order.Order.Cancelled;
import com.flashsale.order.order.Order.Paid;
import com.flashsale.order.order.Order.Placed;
import com.flashsale.order.order.Order.Refused;
import com.flashsale.order.order.Order.Reserved;
import com.flashsale.order.sale.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An order as its owner sees it. */
public record OrderView(
        UUID id,
        UUID saleId,
        UUID customerId,
        int quantity,
        String state,
        @Nullable String reason,
        @Nullable Instant reservedUntil,
        Money total,
        @Nullable PaymentView payment,
        Instant placedAt) {

    /** The latest payment of an order. */
    public record PaymentView(UUID id, String state) {}

    public static OrderView of(Order order, @Nullable PaymentView payment) {
        return switch (order) {
            case Placed(var purchase) -> of(purchase, "PLACED", null, null, payment);
            case Reserved(var purchase, var until) -> of(purchase, "RESERVED", null, until, payment);
            case Paid(var purchase) -> of(purchase, "PAID", null, null, payment);
            case Refused(var purchase, var reason) -> of(purchase, "REFUSED", reason.name(), null, payment);
            case Cancelled(var purchase, var reason) -> of(purchase, "CANCELLED", reason.name(), null, payment);
        };
    }

    private static OrderView of(
            Purchase purchase,
            String state,
            @Nullable String reason,
            @Nullable Instant reservedUntil,
            @Nullable PaymentView payment) {
        return new OrderView(
                purchase.id(),
                purchase.saleId(),
                purchase.customerId(),
                purchase.quantity(),
                state,
                reason,
                reservedUntil,
                purchase.total(),
                payment,
                purchase.placedAt());
    }
}
