package com.flashsale.order.order;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Counts state changes of orders, each after its commit. */
@Component
public class OrderMeters {

    private static final List<String> STATES = List.of("PLACED", "RESERVED", "PAID", "REFUSED", "CANCELLED");

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
        // a counter that first appears with a value looks as if nothing had happened
        for (var state : STATES) {
            counter(state, false);
            counter(state, true);
        }
    }

    /** These orders have reached the state that they are in. */
    public void reached(Collection<? extends Order> orders) {
        var reached = List.copyOf(orders);
        afterCommit(() -> reached.forEach(
                order -> counter(order.state(), isLoadTest(order.purchase())).increment()));
    }

    public void placed(List<Purchase> placed) {
        afterCommit(() -> placed.forEach(
                purchase -> counter("PLACED", isLoadTest(purchase)).increment()));
    }

    /** Inventory has decided these orders. */
    public void decided(Collection<? extends Order> orders) {
        reached(orders);
        var now = clock.instant();
        afterCommit(() -> orders.forEach(
                order -> settleTime.record(Duration.between(order.purchase().placedAt(), now))));
    }

    private static boolean isLoadTest(Purchase purchase) {
        return purchase.loadTest() != null;
    }

    private Counter counter(String state, boolean loadTest) {
        return meters.counter("orders.reached", "state", state, "load_test", Boolean.toString(loadTest));
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
