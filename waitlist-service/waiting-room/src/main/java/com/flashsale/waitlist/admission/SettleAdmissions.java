package com.flashsale.waitlist.admission;

import static java.util.stream.Collectors.toMap;
import static org.springframework.transaction.annotation.Propagation.MANDATORY;

import com.flashsale.waitlist.admission.AdmissionNews.AdmissionVoided;
import com.flashsale.waitlist.admission.AdmissionNews.OrderDecided;
import com.flashsale.waitlist.admission.AdmissionNews.OrderPlaced;
import com.flashsale.waitlist.admission.AdmissionNews.UnitsSettled;
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
 * Follows an admission to its end. It needs no inbox: each step can be taken only once, so a repeated message finds it
 * taken, even after an inbox would have forgotten the message.
 */
@Service
public class SettleAdmissions {

    private static final Duration MEMORY = Duration.ofDays(14);

    /** The time without an answer after which order-service is asked again. */
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

    /**
     * Inventory has decided: the promised units and the stock after it change in one transaction, so that no unit is
     * free in between.
     */
    @Transactional
    public List<AdmissionChange> decided(Collection<OrderDecided> decided) {
        var once = decided.stream()
                .collect(toMap(OrderDecided::orderId, Function.identity(), (first, _) -> first))
                .values();
        orders.decided(once);
        stocks.take(decided.stream().map(OrderDecided::toStock).toList());
        return tell(orders.settle(once.stream().map(OrderDecided::orderId).toList()));
    }

    /** Units were sold, or are free again: the number that their customers may still buy follows. */
    @Transactional
    public void settled(Collection<UnitsSettled> settled) {
        // one statement cannot change a row twice: the last stage of each order counts
        orders.settled(settled.stream()
                .collect(toMap(UnitsSettled::orderId, Function.identity(), (a, b) -> a.stage() > b.stage() ? a : b))
                .values());
    }

    /**
     * Withdraws admissions whose time is over; a full batch means that more may be due. Their units stay promised until
     * order-service has answered: an order may be on its way, and its news may take any time.
     */
    @Transactional
    public int withdrawDue(int limit) {
        var withdrawn = ends.withdrawDue(PATIENCE, limit);
        events.withdrawn(withdrawn);
        return withdrawn.size();
    }

    /** Withdraws these before their time, in the caller's transaction. */
    @Transactional(propagation = MANDATORY)
    public void withdraw(Collection<UUID> ids) {
        events.withdrawn(ends.withdraw(ids));
    }

    /** Order-service accepts no order with these, now and for ever: their units are free. */
    @Transactional
    public List<AdmissionChange> voided(Collection<AdmissionVoided> voided) {
        return tell(ends.lapse(voided.stream().map(AdmissionVoided::admissionId).toList()));
    }

    /** The present states of these admissions, for a room that may have missed a change. */
    public List<AdmissionChange> states(Collection<UUID> ids) {
        return admissions.states(ids);
    }

    /** The admissions of the sale whose units are promised and not yet decided. */
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
