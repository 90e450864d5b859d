package com.flashsale.inventory.reservation;

import com.flashsale.inventory.stock.LockedSale;
import com.flashsale.inventory.stock.OrderId;
import com.flashsale.inventory.stock.SaleId;
import com.flashsale.inventory.stock.SaleTerms;
import com.flashsale.inventory.stock.Stock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** The words of the tests. */
final class Buyers {

    static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    static final SaleId SALE = new SaleId(UUID.randomUUID());
    static final CustomerId ALICE = new CustomerId(UUID.randomUUID());
    static final CustomerId BOB = new CustomerId(UUID.randomUUID());

    private Buyers() {}

    static SaleTerms limitOf(int purchaseLimit) {
        return new SaleTerms(
                1, purchaseLimit, Duration.ofMinutes(2), NOON.minusSeconds(3600), NOON.plusSeconds(3600), null);
    }

    static LockedSale aSaleOf(int units) {
        return aSaleOf(units, limitOf(2));
    }

    static LockedSale aSaleOf(int units, SaleTerms terms) {
        return new LockedSale(Stock.allotted(SALE, units), terms, NOON);
    }

    static Purchase units(int units, CustomerId customer) {
        return new Purchase(new OrderId(UUID.randomUUID()), SALE, customer, units);
    }

    static Purchase oneUnit() {
        return units(1, new CustomerId(UUID.randomUUID()));
    }

    static ReservationId anId() {
        return new ReservationId(UUID.randomUUID());
    }

    static Reservation.Held held(Purchase purchase) {
        return new Reservation.Held(anId(), purchase, NOON.minusSeconds(60), NOON.plusSeconds(60));
    }

    static OrderFact placed(Purchase purchase) {
        return new OrderFact.Placed(purchase, NOON);
    }

    static OrderFact paid(Purchase purchase) {
        return new OrderFact.Paid(purchase);
    }

    static OrderFact cancelled(Purchase purchase) {
        return new OrderFact.Cancelled(purchase);
    }
}
