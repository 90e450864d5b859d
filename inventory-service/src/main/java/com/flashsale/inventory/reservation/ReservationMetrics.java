package com.flashsale.inventory.reservation;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** What was decided and how fast. Counted after the commit: what was rolled back did not happen. */
@Component
class ReservationMetrics {

    private final MeterRegistry meters;
    private final DistributionSummary batchSize;
    private final Timer batchTime;

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
    }

    <T> T timed(int size, Supplier<T> batch) {
        batchSize.record(size);
        return batchTime.record(batch);
    }

    void count(List<Decision> decisions) {
        decisions.forEach(decision -> meters.counter("inventory.decisions", "decision", nameOf(decision))
                .increment());
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
