package com.flashsale.waitlist.entry;

import com.flashsale.platform.observability.WorkContext;
import com.flashsale.platform.outbox.Outbox;
import com.flashsale.platform.outbox.OutboxEvent;
import com.flashsale.waitlist.sale.SaleCache;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Tells the world what became of entries; {@code asyncapi.yaml} is the contract. */
@Component
class EntryEvents {

    static final String TOPIC = "waitlist.entry";

    private final Outbox outbox;
    private final SaleCache sales;
    private final Clock clock;

    EntryEvents(Outbox outbox, SaleCache sales, Clock clock) {
        this.outbox = outbox;
        this.sales = sales;
        this.clock = clock;
    }

    record Data(UUID entryId, UUID saleId, UUID customerId, EntryState state, Instant at) {}

    /** In the transaction that changed them. */
    void tell(List<WaitlistEntry> changed) {
        var now = clock.instant();
        outbox.append(changed.stream().map(entry -> event(entry, now)).toList());
    }

    private OutboxEvent event(WaitlistEntry entry, Instant now) {
        var sale = entry.sale().value();
        return new OutboxEvent(
                        TOPIC,
                        sale.toString(),
                        "com.flashsale.waitlist.entry." + entry.state().fact() + ".v1",
                        entry.id().toString(),
                        new Data(entry.id(), sale, entry.customer().value(), entry.state(), now))
                .causedBy(WorkContext.current().ofLoadTest(sales.loadTestOf(entry.sale())));
    }
}
