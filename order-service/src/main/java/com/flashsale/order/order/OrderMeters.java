package com.flashsale.order.order;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Counts what has happened to orders; only what was committed counts. */
@Component
public class OrderMeters {

    private final MeterRegistry meters;
    private final Timer settleTime;
    private final Clock clock;

    OrderMeters(MeterRegistry meters, Clock clock) {
        this.meters = meters;
        this.clock = clock;
        this.settleTime = Timer.builder("orders.settle")
                .description("From placed to inventory's decision")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(5))
                .maximumExpectedValue(Duration.ofMinutes(1))
                .register(meters);
    }

    /** These orders have reached the state that they are in. */
    public void reached(Collection<? extends Order> orders) {
        orders.stream()
                .collect(java.util.stream.Collectors.groupingBy(Order::state, java.util.stream.Collectors.counting()))
                .forEach((state, count) -> afterCommit(() -> count(state, count.doubleValue())));
    }

    public void placed(int count) {
        afterCommit(() -> count("PLACED", count));
    }

    /** Inventory has decided these orders. */
    public void decided(Collection<? extends Order> orders) {
        reached(orders);
        var now = clock.instant();
        afterCommit(() -> orders.forEach(
                order -> settleTime.record(Duration.between(order.purchase().placedAt(), now))));
    }

    private void count(String state, double count) {
        meters.counter("orders.reached", "state", state).increment(count);
    }

    private static void afterCommit(Runnable record) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                record.run();
            }
        });
    }
}
