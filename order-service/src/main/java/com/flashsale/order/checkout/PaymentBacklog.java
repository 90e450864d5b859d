package com.flashsale.order.checkout;

import com.flashsale.order.payment.DuePayments;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Money of real customers whose whereabouts are not settled: how many payments, and for how long the oldest. The sign
 * that the provider is in trouble.
 */
@Component
class PaymentBacklog {

    private final DuePayments payments;
    private final AtomicReference<DuePayments.Unsettled> latest =
            new AtomicReference<>(new DuePayments.Unsettled(0, 0));

    PaymentBacklog(DuePayments payments, MeterRegistry meters) {
        this.payments = payments;
        Gauge.builder("payments.unsettled", latest, unsettled -> unsettled.get().count())
                .description("DuePayments whose outcome is unknown, and refunds that are owed")
                .register(meters);
        Gauge.builder(
                        "payments.unsettled.oldest.age",
                        latest,
                        unsettled -> unsettled.get().oldestSeconds())
                .baseUnit("seconds")
                .register(meters);
    }

    @Scheduled(fixedRate = 5_000)
    void measure() {
        latest.set(payments.unsettled());
    }
}
