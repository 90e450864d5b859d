package com.flashsale.inventory.reservation;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import com.flashsale.inventory.stock.LockedSales;
import com.flashsale.inventory.stock.OrderId;
import com.flashsale.inventory.stock.SaleId;
import com.flashsale.inventory.stock.Stocks;
import com.flashsale.platform.inbox.Inbox;
import com.flashsale.platform.observability.WorkContext;
import com.flashsale.platform.time.Ids;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Decides a whole batch of orders in one transaction. The stock rows are locked first, so that later reads stay true
 * until the commit. That holds even if two consumers should have the same partition for a moment.
 */
@Service
class DecideOrders {

    private static final String CONSUMER = "inventory-service.order";

    private final Stocks stocks;
    private final Inbox inbox;
    private final Reservations reservations;
    private final RefusedOrders refusedOrders;
    private final DecisionWriter writer;

    DecideOrders(
            Stocks stocks, Inbox inbox, Reservations reservations, RefusedOrders refusedOrders, DecisionWriter writer) {
        this.stocks = stocks;
        this.inbox = inbox;
        this.reservations = reservations;
        this.refusedOrders = refusedOrders;
        this.writer = writer;
    }

    /** @param origin the origin of the order's message; the decision goes back to it, not to the batch */
    record Command(UUID messageId, OrderFact fact, WorkContext origin) {

        SaleId sale() {
            return fact.purchase().sale();
        }
    }

    /**
     * @param decisions the decisions of this call; messages that were seen before add none
     * @param unknown sales that catalog-service has not announced yet: their messages are neither marked nor decided
     */
    record Outcome(List<Decision> decisions, Set<SaleId> unknown) {}

    @Transactional
    Outcome decide(List<Command> batch) {
        var wanted = batch.stream().map(Command::sale).collect(toSet());
        var locked = stocks.lock(wanted);
        var facts = firstSeen(batch.stream()
                .filter(command -> locked.contains(command.sale()))
                .toList());
        var decisions = writer.write(decide(facts, locked), origins(batch));
        wanted.removeIf(locked::contains);
        return new Outcome(decisions, wanted);
    }

    private static Map<OrderId, WorkContext> origins(List<Command> batch) {
        return batch.stream()
                .collect(toMap(command -> command.fact().purchase().order(), Command::origin, (_, last) -> last));
    }

    /** The facts in arrival order, each message once, even if one poll holds it twice. */
    private List<OrderFact> firstSeen(List<Command> batch) {
        var fresh = new HashSet<>(
                inbox.firstSeen(CONSUMER, batch.stream().map(Command::messageId).toList()));
        return batch.stream()
                .filter(command -> fresh.remove(command.messageId()))
                .map(Command::fact)
                .toList();
    }

    private Collection<StockDecision> decide(List<OrderFact> facts, LockedSales locked) {
        if (facts.isEmpty()) return List.of();
        var known = reservations
                .concerning(facts.stream().map(OrderFact::purchase).toList())
                .stream()
                .collect(groupingBy(reservation -> reservation.purchase().sale()));
        var refused = refusedOrders.among(
                facts.stream().map(fact -> fact.purchase().order()).toList());
        var sales = new HashMap<SaleId, StockDecision>();
        for (var fact : facts) {
            sales.computeIfAbsent(
                            fact.purchase().sale(),
                            sale -> new StockDecision(
                                    locked.get(sale),
                                    known.getOrDefault(sale, List.of()),
                                    refused,
                                    DecideOrders::nextId))
                    .decide(fact);
        }
        return sales.values();
    }

    private static ReservationId nextId() {
        return new ReservationId(Ids.next());
    }
}
