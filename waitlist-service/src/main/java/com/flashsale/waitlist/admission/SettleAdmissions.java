package com.flashsale.waitlist.admission;

import static java.util.stream.Collectors.toMap;
import static org.springframework.transaction.annotation.Propagation.MANDATORY;

import com.flashsale.waitlist.sale.SaleId;
import com.flashsale.waitlist.sale.Stocks;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Follows an admission to its end. No inbox: each step is one that can be taken once, and a message that comes again finds it taken,
 * also after an inbox would have forgotten it.
 */
@Service
public class SettleAdmissions {

    private static final Duration MEMORY = Duration.ofDays(14);

    /** Order-service is asked again after this long without an answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Admissions admissions;
    private final AdmissionEnds ends;
    private final AdmittedOrders orders;
    private final AdmissionEvents events;
    private final Stocks stocks;
    private final ApplicationEventPublisher changes;

    SettleAdmissions(
            Admissions admissions,
            AdmissionEnds ends,
            AdmittedOrders orders,
            AdmissionEvents events,
            Stocks stocks,
            ApplicationEventPublisher changes) {
        this.admissions = admissions;
        this.ends = ends;
        this.orders = orders;
        this.events = events;
        this.stocks = stocks;
        this.changes = changes;
    }

    /** Orders were placed: their units stay promised until inventory has decided. */
    @Transactional
    public List<AdmissionChange> ordered(Collection<OrderPlaced> placed) {
        var once = placed.stream()
                .collect(toMap(OrderPlaced::orderId, Function.identity(), (a, b) -> a.customerId() == null ? b : a))
                .values();
        orders.placed(once);
        return tell(orders.settle(once.stream().map(OrderPlaced::orderId).toList()));
    }

    /** Inventory has decided; the units left promised and the stock after it change in one transaction: never free in between. */
    @Transactional
    public List<AdmissionChange> decided(Collection<OrderDecided> decided) {
        var once = decided.stream()
                .collect(toMap(OrderDecided::orderId, Function.identity(), (first, _) -> first))
                .values();
        orders.decided(once);
        stocks.take(decided.stream().map(OrderDecided::toStock).toList());
        return tell(orders.settle(once.stream().map(OrderDecided::orderId).toList()));
    }

    /** Units were sold, or are free again: what their customers may still buy follows. */
    @Transactional
    public void settled(Collection<UnitsSettled> settled) {
        // one statement cannot change a row twice: the last stage of each order counts
        orders.settled(settled.stream()
                .collect(toMap(UnitsSettled::orderId, Function.identity(), (a, b) -> a.sold() ? a : b))
                .values());
    }

    /**
     * Takes back admissions whose time is over; a full batch means that more may be due. Their units go to nobody before order-service
     * has answered: an order may be on its way, and nobody here can know how long its news will take.
     */
    @Transactional
    public int withdrawDue(int limit) {
        var withdrawn = ends.withdrawDue(PATIENCE, limit);
        events.withdrawn(withdrawn);
        return withdrawn.size();
    }

    /** Takes these back before their time, in the caller's transaction. */
    @Transactional(propagation = MANDATORY)
    public void withdraw(Collection<UUID> ids) {
        events.withdrawn(ends.withdraw(ids));
    }

    /** Order-service lets nobody in with these, now and for ever: their units are free. */
    @Transactional
    public List<AdmissionChange> voided(Collection<AdmissionVoided> voided) {
        return tell(ends.lapse(voided.stream().map(AdmissionVoided::admissionId).toList()));
    }

    /** Where these stand, for whoever may have missed it. */
    public List<AdmissionChange> states(Collection<UUID> ids) {
        return admissions.states(ids);
    }

    /** What is promised in the sale and not yet decided. */
    public List<AdmissionChange> undecided(SaleId sale) {
        return admissions.undecided(sale);
    }

    @Transactional
    public int forgetOldOrders(int limit) {
        return orders.forget(MEMORY, limit);
    }

    private List<AdmissionChange> tell(List<AdmissionChange> told) {
        if (!told.isEmpty()) changes.publishEvent(new AdmissionsChanged(told));
        return told;
    }
}
