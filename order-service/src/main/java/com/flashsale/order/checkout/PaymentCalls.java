package com.flashsale.order.checkout;

import com.flashsale.order.payment.GuardedProvider;
import com.flashsale.order.payment.Payment;
import com.flashsale.platform.observability.TraceContext;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Asks the provider for the money right after the request was committed. This is only the fast way:
 * {@link PaymentReconciler} finds payments that are lost here, by a full queue or a killed process.
 */
@Component
class PaymentCalls {

    private static final Logger log = LoggerFactory.getLogger(PaymentCalls.class);

    private final GuardedProvider provider;
    private final Checkout checkout;
    private final Recording recording;
    private final CheckoutSettings settings;
    private final ThreadPoolExecutor calls;

    PaymentCalls(
            GuardedProvider provider,
            Checkout checkout,
            Recording recording,
            CheckoutSettings settings,
            MeterRegistry meters) {
        this.provider = provider;
        this.checkout = checkout;
        this.recording = recording;
        this.settings = settings;
        this.calls = new ThreadPoolExecutor(
                settings.maxCalls(),
                settings.maxCalls(),
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(settings.maxQueued()),
                Thread.ofVirtual().name("payment-call-", 0).factory());
        calls.allowCoreThreadTimeOut(true);
        Gauge.builder("payments.calls.queued", calls, pool -> pool.getQueue().size())
                .register(meters);
    }

    void start(Payment payment) {
        var trace = TraceContext.currentTraceparent();
        var deadline = System.nanoTime() + settings.orphanedAfter().toNanos();
        try {
            calls.execute(() -> {
                // waited too long: from here on the reconciler looks after it, and may have begun to
                if (System.nanoTime() - deadline >= 0) return;
                try (var _ = TraceContext.from(trace).open()) {
                    charge(payment);
                }
            });
        } catch (RejectedExecutionException full) {
            log.warn("Too many concurrent payments: payment {} is left to the reconciler", payment.id());
        }
    }

    private void charge(Payment payment) {
        try {
            var answer = provider.charge(payment);
            recording.run(() -> checkout.providerAnswered(payment, answer));
        } catch (RuntimeException failure) {
            log.warn("The outcome of payment {} is not recorded yet", payment.id(), failure);
        }
    }

    @PreDestroy
    void close() throws InterruptedException {
        calls.shutdown();
        if (!calls.awaitTermination(5, TimeUnit.SECONDS)) log.warn("Payments under way are left to the reconciler");
    }
}
