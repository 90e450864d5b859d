package com.flashsale.order.checkout;

import com.flashsale.order.order.Order;
import com.flashsale.order.order.Order.Reserved;
import com.flashsale.order.order.OrderTransitions;
import com.flashsale.order.order.Orders;
import com.flashsale.order.payment.Payment;
import com.flashsale.order.payment.Payments;
import com.flashsale.platform.time.Ids;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Step 2 of the {@link Checkout}: records the wish to pay. The money is asked for after the commit, by
 * {@link PaymentCalls}.
 */
@Service
class RequestPayment {

    sealed interface Outcome {
        record Requested(Order order, Payment payment) implements Outcome {}

        record OrderNotFound() implements Outcome {}

        record NotPayable(String state) implements Outcome {}

        record ReservationExpired() implements Outcome {}

        record InProgress() implements Outcome {}
    }

    private final Orders orders;
    private final OrderTransitions transitions;
    private final Payments payments;
    private final CheckoutSettings settings;

    RequestPayment(Orders orders, OrderTransitions transitions, Payments payments, CheckoutSettings settings) {
        this.orders = orders;
        this.transitions = transitions;
        this.payments = payments;
        this.settings = settings;
    }

    /** Runs in the transaction of the Idempotency-Key. */
    @Transactional(propagation = Propagation.MANDATORY)
    Outcome request(UUID orderId, UUID customer, Payment.Method method) {
        var order = orders.lock(orderId, customer);
        if (order.isEmpty()) return new Outcome.OrderNotFound();
        if (!(order.get() instanceof Reserved reserved))
            return new Outcome.NotPayable(order.get().state());
        var standing = payments.standingOf(orderId);
        if (standing.live()) return new Outcome.InProgress();
        if (!standing.payable()) return new Outcome.ReservationExpired();
        var payment = payments.request(Ids.next(), reserved.purchase(), method, settings.orphanedAfter());
        if (payment.isEmpty()) return new Outcome.ReservationExpired();
        transitions.paymentMoved(orderId);
        return new Outcome.Requested(reserved, payment.get());
    }
}
