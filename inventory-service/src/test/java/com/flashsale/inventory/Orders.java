package com.flashsale.inventory;

import com.flashsale.platform.test.TestKafka;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The events of order-service about the orders of one sale. */
public record Orders(UUID saleId) {

    public static final String TOPIC = "order.order";

    public record Order(UUID id, UUID customerId, int quantity) {

        public static Order of(int quantity) {
            return new Order(UUID.randomUUID(), UUID.randomUUID(), quantity);
        }
    }

    public Order place(int quantity) {
        return place(Order.of(quantity));
    }

    public Order place(Order order) {
        tell("placed", order, UUID.randomUUID());
        return order;
    }

    public void pay(Order order) {
        tell("paid", order, UUID.randomUUID());
    }

    public void cancel(Order order) {
        tell("cancelled", order, UUID.randomUUID());
    }

    /**
     * Returns when everything that was told before has been decided: an order beyond any limit changes nothing and is
     * answered.
     */
    public void awaitDecided() {
        Units.awaitTold(place(1_000_000), "refused");
    }

    public void tell(String fact, Order order, UUID messageId) {
        var data = new HashMap<String, Object>(Map.of(
                "orderId", order.id(),
                "saleId", saleId,
                "customerId", order.customerId(),
                "quantity", order.quantity()));
        switch (fact) {
            case "placed" ->
                data.putAll(Map.of(
                        "admissionId",
                        UUID.randomUUID(),
                        "placedAt",
                        Instant.now().toString()));
            case "paid" ->
                data.putAll(Map.of(
                        "paymentId", UUID.randomUUID(), "paidAt", Instant.now().toString()));
            default ->
                data.putAll(Map.of(
                        "reason", "BY_CUSTOMER", "cancelledAt", Instant.now().toString()));
        }
        TestKafka.produce(TOPIC, saleId.toString(), "com.flashsale.order.order." + fact + ".v1", messageId, data);
    }
}
