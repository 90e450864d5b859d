package com.flashsale.order.order;

import com.flashsale.platform.time.Ids;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Age in seconds of the oldest order of a real customer that waits for inventory's decision. An index on the state
 * would have to change with each order, in the midst of a sale. So a scan walks the orders once, by their ids: a
 * decided order stays decided.
 */
@Component
class PlacedBacklog {

    private static final int PORTIONS_A_LOOK = 20;

    /** Ids come from the clocks of several replicas: behind an id younger than this, a smaller one may still appear. */
    private static final Duration UNSETTLED = Duration.ofMinutes(10);

    private final PlacedOrders orders;
    private final Clock clock;
    private UUID decidedBefore = new UUID(0, 0);
    private volatile double oldestSeconds;

    PlacedBacklog(PlacedOrders orders, Clock clock, MeterRegistry meters) {
        this.orders = orders;
        this.clock = clock;
        Gauge.builder("orders.placed.oldest.age", () -> oldestSeconds)
                .description("How long the oldest accepted order of a real customer has waited for a decision")
                .baseUnit("seconds")
                .register(meters);
    }

    @Scheduled(fixedRateString = "${order.backlog.every:15s}", initialDelayString = "${order.backlog.first:60s}")
    void measure() {
        var from = decidedBefore;
        for (int portions = 0; portions < PORTIONS_A_LOOK; portions++) {
            var portion = orders.after(from);
            var last = portion.last();
            if (portion.first() != null) {
                oldestSeconds = portion.seconds();
                return;
            }
            if (last == null) break;
            from = last;
            if (Ids.madeAt(last).plus(UNSETTLED).isBefore(clock.instant())) decidedBefore = last;
            if (portion.size() < PlacedOrders.PORTION) break;
        }
        oldestSeconds = 0;
    }
}
