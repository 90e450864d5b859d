package com.flashsale.inventory.reservation;

import static java.util.stream.Collectors.groupingBy;

import com.flashsale.inventory.stock.LockedSale;
import com.flashsale.inventory.stock.SaleId;
import com.flashsale.inventory.stock.Stocks;
import com.flashsale.platform.time.Ids;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Puts units back on sale whose time to pay is over. Runs on every replica: the stock row is locked before any
 * reservation, as everywhere, so that two of them, or one and the consumer of orders, wait for each other but never in
 * a circle.
 */
@Service
class ExpireReservations {

    private final Stocks stocks;
    private final Reservations reservations;
    private final DecisionWriter writer;
    private final ExpirySettings settings;

    ExpireReservations(Stocks stocks, Reservations reservations, DecisionWriter writer, ExpirySettings settings) {
        this.stocks = stocks;
        this.reservations = reservations;
        this.writer = writer;
        this.settings = settings;
    }

    /** Sales in which something is due, but for those that are left aside. */
    List<SaleId> salesWithDue(Collection<SaleId> aside) {
        return reservations.salesWithDue(settings, aside);
    }

    /** Expires one batch of these sales; a full one means that more may be due. A sale that is gone has nothing due. */
    @Transactional
    List<Decision> expire(Collection<SaleId> sales) {
        var locked = stocks.lock(sales);
        if (locked.ids().isEmpty()) return List.of();
        var due = reservations.due(locked.ids(), settings).stream()
                .collect(groupingBy(held -> held.purchase().sale()));
        var decisions = new ArrayList<StockDecision>();
        due.forEach((sale, reservationsDue) -> decisions.add(expired(locked.get(sale), reservationsDue)));
        return writer.write(decisions, Map.of());
    }

    private static StockDecision expired(LockedSale sale, List<Reservation.Held> due) {
        var decision = new StockDecision(sale, List.copyOf(due), () -> new ReservationId(Ids.next()));
        due.forEach(decision::expire);
        return decision;
    }
}
