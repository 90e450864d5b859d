package com.flashsale.inventory.reservation;

import com.flashsale.inventory.stock.OrderId;
import com.flashsale.inventory.stock.SaleId;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The events of {@code order.order} that inventory reads, by their types. */
sealed interface OrderMessage {

    Map<String, Class<?>> TYPES = Map.of(
            "com.flashsale.order.order.placed.v1", Placed.class,
            "com.flashsale.order.order.paid.v1", Paid.class,
            "com.flashsale.order.order.cancelled.v1", Cancelled.class);

    /** @param loadTest the run that the message is part of */
    OrderFact toFact(@Nullable String loadTest);

    record Placed(UUID orderId, UUID saleId, UUID customerId, int quantity, Instant placedAt) implements OrderMessage {

        public Placed {
            if (placedAt == null) throw new IllegalArgumentException("placedAt is missing");
            purchase(orderId, saleId, customerId, quantity);
        }

        @Override
        public OrderFact toFact(@Nullable String loadTest) {
            return new OrderFact.Placed(purchase(orderId, saleId, customerId, quantity), placedAt, loadTest);
        }
    }

    record Paid(UUID orderId, UUID saleId, UUID customerId, int quantity) implements OrderMessage {

        public Paid {
            purchase(orderId, saleId, customerId, quantity);
        }

        @Override
        public OrderFact toFact(@Nullable String loadTest) {
            return new OrderFact.Paid(purchase(orderId, saleId, customerId, quantity));
        }
    }

    record Cancelled(UUID orderId, UUID saleId, UUID customerId, int quantity) implements OrderMessage {

        public Cancelled {
            purchase(orderId, saleId, customerId, quantity);
        }

        @Override
        public OrderFact toFact(@Nullable String loadTest) {
            return new OrderFact.Cancelled(purchase(orderId, saleId, customerId, quantity));
        }
    }

    /** Checks the parts on reading too, so that an incomplete message is set aside before it can fail its batch. */
    private static Purchase purchase(UUID orderId, UUID saleId, UUID customerId, int quantity) {
        if (orderId == null || saleId == null || customerId == null) {
            throw new IllegalArgumentException("an order has an id, a sale and a customer");
        }
        return new Purchase(new OrderId(orderId), new SaleId(saleId), new CustomerId(customerId), quantity);
    }
}
