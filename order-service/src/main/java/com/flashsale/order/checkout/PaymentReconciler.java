package com.flashsale.order.checkout;

import com.flashsale.order.payment.Answer;
import com.flashsale.order.payment.GuardedProvider;
import com.flashsale.order.payment.Payment;
import com.flashsale.order.payment.Payments;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Looks after payments whose outcome nobody knows, and after refunds that are owed, until both are done. Any replica may; a lease keeps
 * two from the same payment, and the provider's idempotency makes even that harmless.
 */
@Component
class PaymentReconciler {

    private static final Logger log = LoggerFactory.getLogger(PaymentReconciler.class);
    private static final int BATCHES_A_RUN = 20;

    private final Payments payments;
    private final GuardedProvider provider;
    private final Checkout checkout;
    private final CheckoutSettings settings;
    private final Clock clock;
    private final AtomicBoolean running = new AtomicBoolean();

    PaymentReconciler(
            Payments payments, GuardedProvider provider, Checkout checkout, CheckoutSettings settings, Clock clock) {
        this.payments = payments;
        this.provider = provider;
        this.checkout = checkout;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(fixedRate = 1_000)
    void reconcile() {
        if (!running.compareAndSet(false, true)) return;
        try {
            for (int batch = 0; batch < BATCHES_A_RUN; batch++) {
                if (reconcileBatch() < settings.reconcileBatch()) return;
            }
        } catch (DataAccessException | CannotCreateTransactionException notNow) {
            log.warn("Payments are not looked after this time: {}", notNow.toString());
        } finally {
            running.set(false);
        }
    }

    /** All at once and waits for all: as many calls under way as the batch is long. */
    private int reconcileBatch() {
        var due = payments.takeDue(clock.instant(), settings.lease(), settings.reconcileBatch());
        try (var calls = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var payment : due) calls.execute(() -> lookAfter(payment));
        }
        return due.size();
    }

    private void lookAfter(Payment payment) {
        try {
            switch (payment.state()) {
                case REFUND_DUE -> checkout.refunded(payment, provider.refund(payment.id()));
                case REQUESTED, UNKNOWN -> checkout.charged(payment, outcomeOf(payment));
                case CAPTURED, DECLINED, ABANDONED, REFUNDED ->
                    throw new IllegalStateException("payment " + payment.id() + " is settled");
            }
        } catch (RuntimeException failure) {
            log.warn("Payment {} stays due", payment.id(), failure);
        }
    }

    /** A charge that the provider does not know is made again, with the same key, while the order can be paid. */
    private Answer outcomeOf(Payment payment) {
        var answer = provider.ask(payment.id());
        return answer instanceof Answer.NotKnown && payments.chargeAgain(payment.id(), clock.instant())
                ? provider.charge(payment)
                : answer;
    }
}
