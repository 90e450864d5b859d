package com.flashsale.inventory.reservation;

import static com.flashsale.inventory.reservation.Buyers.NOON;
import static com.flashsale.inventory.reservation.Buyers.SALE;
import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.inventory.stock.LockedSale;
import com.flashsale.inventory.stock.Movement;
import com.flashsale.inventory.stock.Movement.Kind;
import com.flashsale.inventory.stock.OrderId;
import com.flashsale.inventory.stock.SaleTerms;
import com.flashsale.inventory.stock.Stock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A sale whose database is memory. It keeps the decisions of each transaction, and checks the invariants after each.
 */
final class SimulatedSale {

    private final SaleTerms terms;
    private final Map<OrderId, Reservation> reservations = new LinkedHashMap<>();
    private final Set<OrderId> refused = new HashSet<>();
    private final List<Movement> ledger = new ArrayList<>();
    private final List<Decision> decisions = new ArrayList<>();
    private Stock stock;

    SimulatedSale(int units, SaleTerms terms) {
        this.terms = terms;
        this.stock = Stock.allotted(SALE, units);
    }

    void decide(List<OrderFact> facts) {
        var decision = new StockDecision(sale(), reservations.values(), refused, Buyers::anId);
        facts.forEach(decision::decide);
        commit(decision);
    }

    /** Expires those of the orders that are held. */
    void expire(List<OrderId> orders) {
        var due = orders.stream()
                .map(reservations::get)
                .filter(Reservation.Held.class::isInstance)
                .map(Reservation.Held.class::cast)
                .toList();
        var decision = new StockDecision(sale(), List.copyOf(due), Buyers::anId);
        due.forEach(decision::expire);
        commit(decision);
    }

    private LockedSale sale() {
        return new LockedSale(stock, terms, NOON);
    }

    private void commit(StockDecision decision) {
        var before = stock;
        stock = decision.stock();
        assertThat(stock.version())
                .isEqualTo(before.version() + (decision.movements().isEmpty() ? 0 : 1));
        decision.created()
                .forEach(created -> assertThat(
                                reservations.put(created.purchase().order(), created))
                        .as("one reservation per order")
                        .isNull());
        decision.settled().forEach(change -> {
            assertThat(reservations.put(change.to().purchase().order(), change.to()))
                    .isEqualTo(change.from());
            assertLegal(change.from(), change.to());
        });
        ledger.addAll(decision.movements());
        decisions.addAll(decision.decisions());
        decision.decisions().stream()
                .filter(each -> each instanceof Decision.Refused || each instanceof Decision.ConfirmationRefused)
                .forEach(each -> refused.add(each.purchase().order()));
        assertBalanced();
    }

    private static void assertLegal(Reservation from, Reservation to) {
        var legal = from instanceof Reservation.Held
                || (from instanceof Reservation.Expired && to instanceof Reservation.Confirmed);
        assertThat(legal).as("%s became %s", from, to).isTrue();
    }

    private void assertBalanced() {
        assertThat(stock.reserved()).as("reserved = held reservations").isEqualTo(unitsIn(Reservation.Held.class));
        assertThat(stock.sold()).as("sold = confirmed reservations").isEqualTo(unitsIn(Reservation.Confirmed.class));
        assertThat(stock.reserved())
                .as("reserved = sum of the ledger")
                .isEqualTo(moved(Kind.HELD) - moved(Kind.CONFIRMED) - moved(Kind.RELEASED) - moved(Kind.EXPIRED));
        assertThat(stock.sold()).as("sold = sum of the ledger").isEqualTo(moved(Kind.CONFIRMED));
        var taken = new HashMap<CustomerId, Integer>();
        reservations.values().stream()
                .filter(Reservation::counts)
                .forEach(each ->
                        taken.merge(each.purchase().customer(), each.purchase().units(), Integer::sum));
        assertThat(taken.values()).as("purchase limit").allMatch(units -> units <= terms.purchaseLimit());
    }

    private int unitsIn(Class<? extends Reservation> state) {
        return reservations.values().stream()
                .filter(state::isInstance)
                .mapToInt(each -> each.purchase().units())
                .sum();
    }

    private int moved(Kind kind) {
        return ledger.stream()
                .filter(movement -> movement.kind() == kind)
                .mapToInt(Movement::units)
                .sum();
    }

    List<Decision> decisions() {
        return decisions;
    }

    /** The final stock and the final state of every order, however they were batched: comparable between two runs. */
    Map<String, Object> summary() {
        var states = new HashMap<OrderId, String>();
        reservations.forEach((order, each) -> states.put(order, ReservationRow.state(each)));
        return Map.of("reserved", stock.reserved(), "sold", stock.sold(), "states", states);
    }
}
