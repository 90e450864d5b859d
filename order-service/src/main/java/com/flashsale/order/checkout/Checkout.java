package com.flashsale.order.checkout;

import static com.flashsale.order.payment.Payment.State.*;

import com.flashsale.order.order.Order;
import com.flashsale.order.order.Order.Cancelled;
import com.flashsale.order.order.Order.Reserved;
import com.flashsale.order.order.OrderMeters;
import com.flashsale.order.order.OrderTransitions;
import com.flashsale.order.order.Orders;
import com.flashsale.order.payment.Answer;
import com.flashsale.order.payment.Payment;
import com.flashsale.order.payment.Payments;
import com.flashsale.platform.inbox.Inbox;
import com.flashsale.platform.messaging.Event;
import com.flashsale.platform.observability.WorkContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The process owner of an order after its placement: the steps from top to bottom, each with the step that undoes it.
 *
 * <pre>
 * 1 inventory holds units             -> Reserved         or refuses them -> Refused
 * 2 the customer pays                 {@link RequestPayment}
 * 3 the provider captures             -> Paid             or declines     -> Reserved still
 *   or its answer is unclear          -> ask until it knows; charge again, or give up, if it knows no charge
 *   captured, but no longer reserved  -> refund
 * 4 time is over                      -> Cancelled        unless paid meanwhile: then inventory has the last word
 *   paid, but no unit was left        -> Cancelled, refund
 * 5 the customer cancels              -> Cancelled        a capture that becomes known later: refund, by step 3
 * </pre>
 *
 * Each step is one transaction: state, payment, inbox and outbox change together or not at all. Remote calls happen
 * between the steps.
 */
@Service
class Checkout {

    private final Orders orders;
    private final OrderTransitions transitions;
    private final Payments payments;
    private final Inbox inbox;
    private final OrderNews news;
    private final OrderMeters meters;
    private final CheckoutSettings settings;

    Checkout(
            Orders orders,
            OrderTransitions transitions,
            Payments payments,
            Inbox inbox,
            OrderNews news,
            OrderMeters meters,
            CheckoutSettings settings) {
        this.orders = orders;
        this.transitions = transitions;
        this.payments = payments;
        this.inbox = inbox;
        this.news = news;
        this.meters = meters;
        this.settings = settings;
    }

    /**
     * Facts about one order arrive in the order of these calls, within and across batches, so each kind has its turn.
     */
    @Transactional
    void inventorySays(List<Event> events) {
        var fresh = inbox.firstSeen("checkout", events.stream().map(Event::id).toList());
        var facts = events.stream()
                .filter(event -> fresh.remove(event.id()))
                .map(Event::data)
                .toList();
        unitsHeld(only(ReservationFact.Held.class, facts));
        unitsRefused(only(ReservationFact.Refused.class, facts));
        reservationsExpired(only(ReservationFact.Expired.class, facts), ReservationFact.origins(events));
        confirmationsRefused(only(ReservationFact.ConfirmationRefused.class, facts), ReservationFact.origins(events));
    }

    // 1 -- inventory decides. An order that was cancelled meanwhile stays so; inventory hears of that and releases the
    // units.

    private void unitsHeld(List<ReservationFact.Held> facts) {
        if (facts.isEmpty()) return;
        var holds = new HashMap<UUID, OrderTransitions.Hold>();
        facts.forEach(held -> holds.put(held.orderId(), new OrderTransitions.Hold(held.heldAt(), held.expiresAt())));
        meters.decided(transitions.reserve(holds));
    }

    private void unitsRefused(List<ReservationFact.Refused> facts) {
        if (facts.isEmpty()) return;
        var reasons = new HashMap<UUID, Order.RefusalReason>();
        facts.forEach(refused -> reasons.put(refused.orderId(), refused.reason()));
        meters.decided(transitions.refuse(reasons));
    }

    // 3 -- the provider has answered. The first answer counts; the same answer again changes nothing.

    @Transactional
    void providerAnswered(Payment payment, Answer answer) {
        var order = orders.lock(payment.orderId()).orElseThrow();
        switch (answer) {
            case Answer.Captured() -> captured(payment, order);
            case Answer.Declined() -> settled(payment, DECLINED);
            case Answer.Refunded() -> settled(payment, REFUNDED);
            case Answer.NotKnown() -> notKnown(payment);
            case Answer.Unclear _ -> unclear(payment);
        }
    }

    private void captured(Payment payment, Order order) {
        var purchase = order.purchase();
        if (order instanceof Reserved) {
            if (!payments.settle(payment.id(), CAPTURED, REQUESTED, UNKNOWN)) {
                giveBack(payment);
                return;
            }
            meters.reached(transitions.pay(purchase.id()).stream().toList());
            news.paid(purchase, payment.id());
        } else {
            giveBack(payment);
        }
    }

    /** Gives the money back, also of a charge that was given up before: the provider has taken it. */
    private void giveBack(Payment payment) {
        if (payments.oweRefund(payment.id())) transitions.paymentMoved(payment.orderId());
    }

    private void settled(Payment payment, Payment.State to) {
        if (payments.settle(payment.id(), to, REQUESTED, UNKNOWN)) transitions.paymentMoved(payment.orderId());
    }

    /** Gives up only after a good while: the charge may still be on its way. Even then the provider is asked again. */
    private void notKnown(Payment payment) {
        if (payments.abandon(payment.id(), settings.abandonAfter(), settings.lookAgainAfter())) {
            transitions.paymentMoved(payment.orderId());
        } else {
            unclear(payment);
        }
    }

    private void unclear(Payment payment) {
        var pause = settings.pauseAfter(payment.attempts());
        if (payments.unknown(payment.id(), pause)) transitions.paymentMoved(payment.orderId());
        else payments.postpone(payment.id(), pause);
    }

    /** Records the answer to a refund. Without a yes it is asked again, without end: the money is the customer's. */
    @Transactional
    void refunded(Payment payment, Answer answer) {
        var order = orders.lock(payment.orderId()).orElseThrow();
        if (!(answer instanceof Answer.Refunded)) {
            payments.postpone(payment.id(), settings.pauseAfter(payment.attempts()));
        } else if (payments.settle(payment.id(), REFUNDED, REFUND_DUE)) {
            transitions.paymentMoved(order.purchase().id());
        }
    }

    // 4 -- time is over.

    private void reservationsExpired(List<ReservationFact.Expired> facts, Map<UUID, WorkContext> origins) {
        if (facts.isEmpty()) return;
        var ids = facts.stream().map(ReservationFact::orderId).toList();
        announce(transitions.expire(ids), origins);
        news.paidAgain(payments.capturedOf(ids), origins);
    }

    private void confirmationsRefused(List<ReservationFact.ConfirmationRefused> facts, Map<UUID, WorkContext> origins) {
        if (facts.isEmpty()) return;
        var undone = transitions.undoPaid(
                facts.stream().map(ReservationFact::orderId).toList());
        payments.oweRefunds(undone.stream().map(order -> order.purchase().id()).toList());
        announce(undone, origins);
    }

    // 5 -- the customer changes their mind.

    @Transactional
    Optional<Cancelled> cancel(UUID orderId, UUID customer) {
        var cancelled = transitions.cancel(orderId, customer);
        announce(cancelled.stream().toList(), Map.of());
        return cancelled;
    }

    private void announce(List<Cancelled> cancelled, Map<UUID, WorkContext> origins) {
        news.cancelled(cancelled, origins);
        meters.reached(cancelled);
    }

    private static <T> List<T> only(Class<T> kind, List<Object> facts) {
        return facts.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
