package com.flashsale.inventory.reservation;

import com.flashsale.inventory.stock.LockedSale;
import com.flashsale.inventory.stock.Movement;
import com.flashsale.inventory.stock.Movement.Kind;
import com.flashsale.inventory.stock.OrderId;
import com.flashsale.inventory.stock.SaleTerms;
import com.flashsale.inventory.stock.Stock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides in memory, in arrival order, on the units of one sale in one transaction. It knows no clock and no database,
 * so that a test can try every sequence of facts. No unit moves without a {@link Movement}, and no stock is left that
 * is not legal.
 */
final class StockDecision {

    private final Stock before;
    private final SaleTerms terms;
    private final Instant now;
    private final Supplier<ReservationId> nextId;
    private final Set<OrderId> refused;
    private final ReservationBook book;
    private final Map<CustomerId, Integer> taken = new HashMap<>();
    private final List<Movement> movements = new ArrayList<>();
    private final List<Decision> decisions = new ArrayList<>();
    private Stock stock;

    /**
     * @param known the reservations of all orders to be decided, and all that count against the limit of their
     *     customers
     */
    StockDecision(LockedSale sale, Collection<Reservation> known, Supplier<ReservationId> nextId) {
        this(sale, known, Set.of(), nextId);
    }

    /** @param refused orders among them with an earlier refusal: they stay refused, even if units are free today */
    StockDecision(
            LockedSale sale, Collection<Reservation> known, Set<OrderId> refused, Supplier<ReservationId> nextId) {
        this.refused = new HashSet<>(refused);
        this.before = sale.stock();
        this.stock = sale.stock();
        this.terms = sale.terms();
        this.now = sale.now();
        this.nextId = nextId;
        this.book = new ReservationBook(known);
        known.stream().filter(Reservation::counts).forEach(each -> count(each.purchase(), 1));
    }

    void decide(OrderFact fact) {
        var reservation = book.find(fact.purchase().order());
        switch (fact) {
            case OrderFact.Placed placed -> place(placed, reservation);
            case OrderFact.Paid(var purchase) -> pay(purchase, reservation);
            case OrderFact.Cancelled _ -> cancel(reservation);
        }
    }

    void expire(Reservation.Held held) {
        var expired = held.expire(now);
        free(expired, Kind.EXPIRED);
        decisions.add(new Decision.Expired(expired));
    }

    private void place(OrderFact.Placed placed, @Nullable Reservation reservation) {
        var purchase = placed.purchase();
        // the same order under another message id: it was decided
        if (reservation != null || refused.contains(purchase.order())) return;
        var refusal = refusalOf(placed);
        if (refusal.isPresent()) {
            refused.add(purchase.order());
            decisions.add(new Decision.Refused(purchase, refusal.get()));
            return;
        }
        var held = new Reservation.Held(nextId.get(), purchase, now, now.plus(terms.holdDuration()));
        hold(purchase);
        book.become(held);
        decisions.add(new Decision.Held(held));
    }

    private Optional<Refusal> refusalOf(OrderFact.Placed placed) {
        if (!Objects.equals(placed.loadTest(), terms.loadTest())) return Optional.of(Refusal.OTHER_TRAFFIC);
        if (!terms.sellsTo(placed.placedAt(), now)) return Optional.of(Refusal.NOT_OPEN);
        return shortageFor(placed.purchase());
    }

    private Optional<Refusal> shortageFor(Purchase purchase) {
        var stillAllowed = terms.purchaseLimit() - taken.getOrDefault(purchase.customer(), 0);
        if (purchase.units() > stillAllowed) return Optional.of(Refusal.LIMIT_REACHED);
        if (purchase.units() > stock.available()) return Optional.of(Refusal.SOLD_OUT);
        return Optional.empty();
    }

    private void pay(Purchase purchase, @Nullable Reservation reservation) {
        switch (reservation) {
            case null -> refuseConfirmation(purchase, null);
            case Reservation.Held held -> confirm(held.confirm(now));
            case Reservation.Expired expired -> payLate(expired);
            case Reservation.Released released -> refuseConfirmation(released.purchase(), released.id());
            case Reservation.Confirmed _ -> {}
        }
    }

    /**
     * The units of this order went back on sale. It takes them again if the stock and the customer's limit still allow
     * it. A refusal is final, because the money is on its way back.
     */
    private void payLate(Reservation.Expired expired) {
        var purchase = expired.purchase();
        if (refused.contains(purchase.order()) || shortageFor(purchase).isPresent()) {
            refuseConfirmation(purchase, expired.id());
            return;
        }
        hold(purchase);
        confirm(expired.confirmLate(now));
    }

    private void refuseConfirmation(Purchase purchase, @Nullable ReservationId reservation) {
        refused.add(purchase.order());
        decisions.add(new Decision.ConfirmationRefused(purchase, reservation));
    }

    private void confirm(Reservation.Confirmed confirmed) {
        var purchase = confirmed.purchase();
        stock = stock.sell(purchase.units());
        move(Kind.CONFIRMED, purchase);
        book.become(confirmed);
        decisions.add(new Decision.Confirmed(confirmed));
    }

    private void cancel(@Nullable Reservation reservation) {
        if (!(reservation instanceof Reservation.Held held)) return; // never held, or settled: nothing is set aside
        var released = held.release(now);
        free(released, Kind.RELEASED);
        decisions.add(new Decision.Released(released));
    }

    private void hold(Purchase purchase) {
        stock = stock.hold(purchase.units());
        count(purchase, 1);
        move(Kind.HELD, purchase);
    }

    private void free(Reservation ended, Kind why) {
        var purchase = ended.purchase();
        stock = stock.release(purchase.units());
        count(purchase, -1);
        move(why, purchase);
        book.become(ended);
    }

    private void count(Purchase purchase, int sign) {
        taken.merge(purchase.customer(), sign * purchase.units(), Integer::sum);
    }

    private void move(Kind why, Purchase purchase) {
        movements.add(new Movement(why, purchase.sale(), purchase.order(), purchase.units()));
    }

    /** The stock after everything decided so far: one version later if any unit moved, however many did. */
    Stock stock() {
        return movements.isEmpty() ? before : stock.nextVersion();
    }

    /** Load-test tag of the sale; every decision inherits it. */
    @Nullable
    String loadTest() {
        return terms.loadTest();
    }

    List<Movement> movements() {
        return movements;
    }

    List<Decision> decisions() {
        return decisions;
    }

    /** Reservations that did not exist before, in the state they have now. */
    List<Reservation> created() {
        return book.created();
    }

    /** Reservations that existed before and have another state now. */
    List<ReservationBook.Change> settled() {
        return book.settled();
    }
}
