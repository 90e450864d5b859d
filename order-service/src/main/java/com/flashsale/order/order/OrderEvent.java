package com.flashsale.order.order;

import com.flashsale.order.order.Order.CancellationReason;
import com.flashsale.order.order.Order.Cancelled;
import com.flashsale.order.sale.SaleTags;
import com.flashsale.platform.observability.WorkContext;
import com.flashsale.platform.outbox.OutboxEvent;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Events about orders; {@code asyncapi.yaml} is the contract. The key is the sale, so that the orders of a sale arrive
 * in their order.
 */
public sealed interface OrderEvent {

    String TOPIC = "order.order";

    UUID orderId();

    UUID saleId();

    record OrderPlaced(UUID orderId, UUID saleId, UUID customerId, int quantity, UUID admissionId, Instant placedAt)
            implements OrderEvent {}

    record OrderPaid(UUID orderId, UUID saleId, UUID customerId, int quantity, UUID paymentId, Instant paidAt)
            implements OrderEvent {}

    record OrderCancelled(
            UUID orderId, UUID saleId, UUID customerId, int quantity, CancellationReason reason, Instant cancelledAt)
            implements OrderEvent {}

    static OrderPlaced placed(Purchase order) {
        return new OrderPlaced(
                order.id(),
                order.saleId(),
                order.customerId(),
                order.quantity(),
                order.admissionId(),
                order.placedAt());
    }

    static OrderPaid paid(Purchase order, UUID payment, Instant at) {
        return new OrderPaid(order.id(), order.saleId(), order.customerId(), order.quantity(), payment, at);
    }

    static OrderCancelled cancelled(Cancelled cancelled, Instant at) {
        var order = cancelled.purchase();
        return new OrderCancelled(
                order.id(), order.saleId(), order.customerId(), order.quantity(), cancelled.reason(), at);
    }

    /**
     * The event belongs to the load test of the sale, or to none, independent of its cause.
     *
     * @param cause the origin of the event; null for that of the current work
     */
    default OutboxEvent toOutbox(@Nullable WorkContext cause, SaleTags tags) {
        return toOutbox().causedBy((cause == null ? WorkContext.current() : cause).ofLoadTest(tags.of(saleId())));
    }

    default OutboxEvent toOutbox() {
        var type = switch (this) {
            case OrderPlaced _ -> "com.flashsale.order.order.placed.v1";
            case OrderPaid _ -> "com.flashsale.order.order.paid.v1";
            case OrderCancelled _ -> "com.flashsale.order.order.cancelled.v1";
        };
        return new OutboxEvent(TOPIC, saleId().toString(), type, orderId().toString(), this);
    }
}
