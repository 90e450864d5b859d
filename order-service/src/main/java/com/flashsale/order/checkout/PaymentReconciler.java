package com.flashsale.order.checkout;

import com.flashsale.order.payment.Answer;
import com.flashsale.order.payment.DuePayments;
import com.flashsale.order.payment.GuardedProvider;
import com.flashsale.order.payment.Payment;
import com.flashsale.order.payment.Payments;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Looks after payments with an unknown outcome, and after refunds that are owed, until both are done. Any replica may
 * do so. A lease keeps two replicas from the same payment, and the provider's idempotency makes even that harmless.
 */
@Component
class PaymentReconciler {

    private static final Logger log = LoggerFactory.getLogger(PaymentReconciler.class);
    private static final int BATCHES_A_RUN = 20;

    private final Payments payments;
    private final DuePayments duePayments;
    private final GuardedProvider provider;
    private final Checkout checkout;
    private final Recording recording;
    private final CheckoutSettings settings;
    private final AtomicBoolean running = new AtomicBoolean();

    PaymentReconciler(
            Payments payments,
            DuePayments duePayments,
            GuardedProvider provider,
            Checkout checkout,
            Recording recording,
            CheckoutSettings settings) {
        this.payments = payments;
        this.duePayments = duePayments;
        this.provider = provider;
        this.checkout = checkout;
        this.recording = recording;
        this.settings = settings;
    }

    @Scheduled(fixedRate = 1_000)
    void reconcile() {
        if (!running.compareAndSet(false, true)) return;
        try {
            for (int batch = 0; batch < BATCHES_A_RUN; batch++) {
                if (reconcileBatch() < settings.reconcileBatch()) return;
            }
        } catch (DataAccessException | CannotCreateTransactionException notNow) {
            log.warn("Payments could not be reconciled in this round: {}", notNow.toString());
        } finally {
            running.set(false);
        }
    }

    /** Handles a whole batch at once and waits for all of it: as many calls are under way as the batch has payments. */
    private int reconcileBatch() {
        var due = duePayments.take(settings.lease(), settings.reconcileBatch());
        if (due.size() < settings.reconcileBatch()) {
            due = new ArrayList<>(due);
            due.addAll(duePayments.takeAbandoned(settings.lease(), settings.reconcileBatch() - due.size()));
        }
        lookAfterAll(due);
        return due.size();
    }

    private void lookAfterAll(List<Payment> due) {
        try (var calls = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var payment : due) calls.execute(() -> lookAfter(payment));
        }
    }

    private void lookAfter(Payment payment) {
        try {
            switch (payment.state()) {
                case REFUND_DUE -> {
                    var answer = provider.refund(payment.id());
                    recording.run(() -> checkout.refunded(payment, answer));
                }
                case REQUESTED, UNKNOWN -> {
                    var answer = outcomeOf(payment);
                    recording.run(() -> checkout.providerAnswered(payment, answer));
                }
                case ABANDONED -> lookOnceMore(payment, provider.ask(payment.id()));
                case CAPTURED, DECLINED, REFUNDED ->
                    throw new IllegalStateException("payment " + payment.id() + " is settled");
            }
        } catch (RuntimeException failure) {
            log.warn("Payment {} stays due", payment.id(), failure);
        }
    }

    /** A charge that the provider does not know is made again, with the same key, while the order can be paid. */
    private Answer outcomeOf(Payment payment) {
        var answer = provider.ask(payment.id());
        return answer instanceof Answer.NotKnown && recording.call(() -> duePayments.chargeAgain(payment.id()))
                ? provider.charge(payment)
                : answer;
    }

    /**
     * Money that was taken after its charge was given up goes back. Without an answer the lease ends, and the look is
     * repeated.
     */
    private void lookOnceMore(Payment payment, Answer answer) {
        switch (answer) {
            case Answer.Captured() -> {
                log.warn("Payment {} was given up and is captured: it will be refunded", payment.id());
                recording.run(() -> checkout.providerAnswered(payment, answer));
            }
            case Answer.NotKnown(), Answer.Declined(), Answer.Refunded() ->
                recording.run(() -> payments.lookedInVain(payment.id(), settings.lookAgainAfter()));
            case Answer.Unclear _ -> log.debug("No answer about payment {}, which was given up", payment.id());
        }
    }
}
