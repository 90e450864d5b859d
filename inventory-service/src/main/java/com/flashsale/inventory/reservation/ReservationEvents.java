package com.flashsale.inventory.reservation;

import com.flashsale.inventory.stock.Stock;
import com.flashsale.inventory.stock.StockCounts;
import com.flashsale.platform.outbox.OutboxEvent;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Decisions as other services read them; {@code asyncapi.yaml} is the contract. */
final class ReservationEvents {

    static final String TOPIC = "inventory.reservation";
    private static final String TYPE_PREFIX = "com.flashsale.inventory.reservation.";

    private ReservationEvents() {}

    /** @param after the committed stock that this decision is part of: the same for all decisions of one transaction */
    static OutboxEvent of(Decision decision, Stock after) {
        var stock = StockCounts.of(after);
        return switch (decision) {
            case Decision.Held(var held) -> event("held", held.purchase(), HeldData.of(held, stock));
            case Decision.Refused(var purchase, var refusal) ->
                event("refused", purchase, RefusedData.of(purchase, refusal, stock));
            case Decision.Confirmed(var confirmed) ->
                event("confirmed", confirmed.purchase(), SettledData.of(confirmed.purchase(), confirmed.id(), stock));
            case Decision.ConfirmationRefused(var purchase, var id) ->
                event("confirmation-refused", purchase, SettledData.of(purchase, id, stock));
            case Decision.Released(var released) ->
                event("released", released.purchase(), SettledData.of(released.purchase(), released.id(), stock));
            case Decision.Expired(var expired) ->
                event("expired", expired.purchase(), SettledData.of(expired.purchase(), expired.id(), stock));
        };
    }

    private static OutboxEvent event(String fact, Purchase purchase, Object data) {
        var order = purchase.order().value().toString();
        return new OutboxEvent(TOPIC, order, TYPE_PREFIX + fact + ".v1", order, data);
    }

    private record HeldData(
            UUID reservationId,
            UUID orderId,
            UUID saleId,
            UUID customerId,
            int quantity,
            Instant heldAt,
            Instant expiresAt,
            StockCounts stock) {

        static HeldData of(Reservation.Held held, StockCounts stock) {
            var purchase = held.purchase();
            return new HeldData(
                    held.id().value(),
                    purchase.order().value(),
                    purchase.sale().value(),
                    purchase.customer().value(),
                    purchase.units(),
                    held.heldAt(),
                    held.expiresAt(),
                    stock);
        }
    }

    private record RefusedData(
            UUID orderId, UUID saleId, UUID customerId, int quantity, String reason, StockCounts stock) {

        static RefusedData of(Purchase purchase, Refusal refusal, StockCounts stock) {
            return new RefusedData(
                    purchase.order().value(),
                    purchase.sale().value(),
                    purchase.customer().value(),
                    purchase.units(),
                    refusal.reason(),
                    stock);
        }
    }

    /** Without a reservation only where an order was paid that never got one. */
    private record SettledData(
            @Nullable UUID reservationId, UUID orderId, UUID saleId, UUID customerId, int quantity, StockCounts stock) {

        static SettledData of(Purchase purchase, @Nullable ReservationId id, StockCounts stock) {
            return new SettledData(
                    id == null ? null : id.value(),
                    purchase.order().value(),
                    purchase.sale().value(),
                    purchase.customer().value(),
                    purchase.units(),
                    stock);
        }
    }
}
