package com.flashsale.inventory.reservation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Number and duration of decisions. A decision counts after its commit; one that is rolled back does not count. */
@Component
class ReservationMetrics {

    private static final List<String> DECISIONS = List.of(
            "held",
            "refused_sold_out",
            "refused_limit_reached",
            "refused_not_open",
            "refused_other_traffic",
            "confirmed",
            "confirmation_refused",
            "released",
            "expired");

    private final MeterRegistry meters;
    private final DistributionSummary batchSize;
    private final Timer batchTime;
    private final Counter expiryFailures;

    ReservationMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.batchSize = DistributionSummary.builder("inventory.batch.size")
                .description("Orders decided in one transaction")
                .publishPercentileHistogram()
                .register(meters);
        this.batchTime = Timer.builder("inventory.batch.time")
                .description("From the lock of the stock to the commit")
                .publishPercentileHistogram()
                .register(meters);
        this.expiryFailures = Counter.builder("inventory.expiry.failures")
                .description("Times that the reservations of one sale could not be ended and were left for later")
                .register(meters);
        // a counter that first appears with a value looks as if nothing had happened
        for (var decision : DECISIONS) {
            counter(decision, false);
            counter(decision, true);
        }
    }

    <T> T timed(int size, Supplier<T> batch) {
        batchSize.record(size);
        return batchTime.record(batch);
    }

    /** Within the transaction that writes these decisions of one sale. */
    void decided(List<Decision> decisions, boolean loadTest) {
        var copy = List.copyOf(decisions);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                copy.forEach(decision -> counter(nameOf(decision), loadTest).increment());
            }
        });
    }

    void expiryFailed() {
        expiryFailures.increment();
    }

    private Counter counter(String decision, boolean loadTest) {
        return meters.counter("inventory.decisions", "decision", decision, "load_test", Boolean.toString(loadTest));
    }

    private static String nameOf(Decision decision) {
        return switch (decision) {
            case Decision.Held _ -> "held";
            case Decision.Refused refused ->
                switch (refused.refusal()) {
                    case SOLD_OUT -> "refused_sold_out";
                    case LIMIT_REACHED -> "refused_limit_reached";
                    case NOT_OPEN -> "refused_not_open";
                    case OTHER_TRAFFIC -> "refused_other_traffic";
                };
            case Decision.Confirmed _ -> "confirmed";
            case Decision.ConfirmationRefused _ -> "confirmation_refused";
            case Decision.Released _ -> "released";
            case Decision.Expired _ -> "expired";
        };
    }
}
