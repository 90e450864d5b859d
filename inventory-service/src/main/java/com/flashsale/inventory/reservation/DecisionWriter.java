package com.flashsale.inventory.reservation;

import com.flashsale.inventory.stock.Ledger;
import com.flashsale.inventory.stock.Movement;
import com.flashsale.inventory.stock.OrderId;
import com.flashsale.inventory.stock.Stock;
import com.flashsale.inventory.stock.StockSnapshot;
import com.flashsale.inventory.stock.Stocks;
import com.flashsale.platform.observability.WorkContext;
import com.flashsale.platform.outbox.Outbox;
import com.flashsale.platform.outbox.OutboxEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Writes decisions, in as many statements for five hundred orders as for one. */
@Component
class DecisionWriter {

    private final Reservations reservations;
    private final RefusedOrders refusedOrders;
    private final Ledger ledger;
    private final Stocks stocks;
    private final Outbox outbox;
    private final ReservationMetrics metrics;

    DecisionWriter(
            Reservations reservations,
            RefusedOrders refusedOrders,
            Ledger ledger,
            Stocks stocks,
            Outbox outbox,
            ReservationMetrics metrics) {
        this.reservations = reservations;
        this.refusedOrders = refusedOrders;
        this.ledger = ledger;
        this.stocks = stocks;
        this.outbox = outbox;
        this.metrics = metrics;
    }

    /**
     * Runs within the transaction that has locked the stock rows of these sales.
     *
     * @param origins the origin of the decisions on each order; an order without one has that of the current work
     */
    List<Decision> write(Collection<StockDecision> sales, Map<OrderId, WorkContext> origins) {
        var created = new ArrayList<Reservation>();
        var settled = new ArrayList<ReservationBook.Change>();
        var movements = new ArrayList<Movement>();
        var stock = new ArrayList<Stock>();
        var events = new ArrayList<OutboxEvent>();
        var decisions = new ArrayList<Decision>();
        for (var sale : sales) {
            created.addAll(sale.created());
            settled.addAll(sale.settled());
            movements.addAll(sale.movements());
            decisions.addAll(sale.decisions());
            metrics.decided(sale.decisions(), sale.loadTest() != null);
            var after = sale.stock();
            var loadTest = sale.loadTest();
            for (var decision : sale.decisions()) {
                events.add(ReservationEvents.of(decision, after)
                        .causedBy(origin(decision, origins).ofLoadTest(loadTest)));
            }
            if (!sale.movements().isEmpty()) {
                stock.add(after);
                events.add(StockSnapshot.of(after)
                        .changed()
                        .causedBy(origin(sale.decisions().getLast(), origins).ofLoadTest(loadTest)));
            }
        }
        reservations.insert(created);
        reservations.settle(settled);
        refusedOrders.add(refused(decisions));
        ledger.append(movements);
        stocks.save(stock);
        outbox.append(events);
        return decisions;
    }

    private static List<Purchase> refused(List<Decision> decisions) {
        return decisions.stream()
                .filter(decision ->
                        decision instanceof Decision.Refused || decision instanceof Decision.ConfirmationRefused)
                .map(Decision::purchase)
                .toList();
    }

    private static WorkContext origin(Decision decision, Map<OrderId, WorkContext> origins) {
        return origins.getOrDefault(decision.purchase().order(), WorkContext.current());
    }
}
