package com.flashsale.inventory.stock;

import static java.util.Comparator.comparing;

import com.flashsale.inventory.stock.Movement.Kind;
import com.flashsale.platform.inbox.Inbox;
import com.flashsale.platform.observability.WorkContext;
import com.flashsale.platform.outbox.Outbox;
import com.flashsale.platform.outbox.OutboxEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Gives a sale its units the first time we hear of it; later news change its terms only. */
@Service
class AllotUnits {

    private static final String CONSUMER = "inventory-service.sale";

    private final Inbox inbox;
    private final Allotments allotments;
    private final Ledger ledger;
    private final Outbox outbox;

    AllotUnits(Inbox inbox, Allotments allotments, Ledger ledger, Outbox outbox) {
        this.inbox = inbox;
        this.allotments = allotments;
        this.ledger = ledger;
        this.outbox = outbox;
    }

    record Command(UUID messageId, SaleFacts sale, WorkContext origin) {}

    @Transactional
    void allot(List<Command> batch) {
        var firstSeen =
                inbox.firstSeen(CONSUMER, batch.stream().map(Command::messageId).toList());
        var movements = new ArrayList<Movement>();
        var events = new ArrayList<OutboxEvent>();
        inLockOrder(batch)
                .filter(command -> firstSeen.remove(command.messageId()))
                .forEach(command -> {
                    var sale = command.sale();
                    if (allotments.allot(sale, command.origin().loadTest())) {
                        movements.add(new Movement(Kind.ALLOTTED, sale.sale(), null, sale.allotted()));
                        events.add(StockSnapshot.of(Stock.allotted(sale.sale(), sale.allotted()))
                                .changed()
                                .causedBy(command.origin()));
                    } else {
                        allotments.replaceTerms(sale);
                    }
                });
        ledger.append(movements);
        outbox.append(events);
    }

    /**
     * PostgreSQL orders UUIDs as their text is ordered, Java does not; the sort is stable, so that a sale's versions
     * stay in order.
     */
    private static java.util.stream.Stream<Command> inLockOrder(List<Command> batch) {
        return batch.stream()
                .sorted(comparing(command -> command.sale().saleId().toString()));
    }
}
