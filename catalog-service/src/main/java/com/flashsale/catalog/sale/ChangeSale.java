package com.flashsale.catalog.sale;

import com.flashsale.platform.outbox.Outbox;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Pauses, resumes and ends sales, and changes their pace. A repeated change is harmless: it changes nothing and
 * announces nothing.
 */
@Service
class ChangeSale {

    sealed interface Outcome {

        /** The sale is in the requested state, by this call or an earlier one. */
        record Done(SaleWithStock sale) implements Outcome {}

        /** Its state rules the change out. A sale that has not opened, for example, cannot be paused. */
        record WrongState(SaleState state) implements Outcome {}

        record Unknown() implements Outcome {}
    }

    private final Sales sales;
    private final Outbox outbox;
    private final Clock clock;

    ChangeSale(Sales sales, Outbox outbox, Clock clock) {
        this.sales = sales;
        this.outbox = outbox;
        this.clock = clock;
    }

    Optional<SaleWithStock> find(UUID id) {
        return sales.find(id);
    }

    @Transactional
    public Outcome pause(UUID id) {
        return sales.pause(id) ? announce(SaleEvent.PAUSED, id) : unchangedIfRunning(id);
    }

    @Transactional
    public Outcome resume(UUID id) {
        return sales.resume(id) ? announce(SaleEvent.RESUMED, id) : unchangedIfRunning(id);
    }

    /** Possible at any time: a sale that is scheduled is called off. */
    @Transactional
    public Outcome end(UUID id) {
        if (sales.end(id)) return announce(SaleEvent.ENDED, id);
        return sales.find(id).<Outcome>map(Outcome.Done::new).orElseGet(Outcome.Unknown::new);
    }

    /** Possible until the sale ends: a pace may be set before the crowd comes. */
    @Transactional
    public Outcome changePace(UUID id, int admissionsPerSecond) {
        return sales.changePace(id, admissionsPerSecond)
                ? announce(SaleEvent.CHANGED, id)
                : unchangedUnless(Set.of(SaleState.ENDED), id);
    }

    /** Announces a change. The update before this read holds the row lock, so the read returns the changed row. */
    private Outcome announce(SaleEvent event, UUID id) {
        var sale = sales.find(id).orElseThrow();
        outbox.append(event.of(sale.sale()));
        return new Outcome.Done(sale);
    }

    private Outcome unchangedIfRunning(UUID id) {
        return unchangedUnless(Set.of(SaleState.SCHEDULED, SaleState.ENDED), id);
    }

    private Outcome unchangedUnless(Set<SaleState> refused, UUID id) {
        var sale = sales.find(id).orElse(null);
        if (sale == null) return new Outcome.Unknown();
        var state = sale.stateAt(clock.instant());
        return refused.contains(state) ? new Outcome.WrongState(state) : new Outcome.Done(sale);
    }
}
