package com.flashsale.order.order;

import com.flashsale.order.sale.SaleTags;
import com.flashsale.platform.observability.WorkContext;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Counts state changes of orders, each after its commit. */
@Component
public class OrderMeters {

    private static final List<String> STATES = List.of("PLACED", "RESERVED", "PAID", "REFUSED", "CANCELLED");

    private final MeterRegistry meters;
    private final Timer settleTime;
    private final SaleTags tags;
    private final Clock clock;

    OrderMeters(MeterRegistry meters, SaleTags tags, Clock clock) {
        this.meters = meters;
        this.tags = tags;
        this.clock = clock;
        this.settleTime = Timer.builder("orders.settle")
                .description("From placed to inventory's decision")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(5))
                .maximumExpectedValue(Duration.ofMinutes(1))
                .register(meters);
        // a counter that first appears with a value looks as if nothing had happened
        for (var state : STATES) {
            counter(state, null);
            counter(state, "any");
        }
    }

    /** These orders have reached the state that they are in. */
    public void reached(Collection<? extends Order> orders) {
        var reached = orders.stream()
                .map(order -> counter(order.state(), tags.of(order.purchase().saleId())))
                .toList();
        afterCommit(() -> reached.forEach(Counter::increment));
    }

    /** Orders were placed by these requests, which have the tags of their sales. */
    public void placed(Stream<WorkContext> requests) {
        var placed =
                requests.map(request -> counter("PLACED", request.loadTest())).toList();
        afterCommit(() -> placed.forEach(Counter::increment));
    }

    /** Inventory has decided these orders. */
    public void decided(Collection<? extends Order> orders) {
        reached(orders);
        var now = clock.instant();
        afterCommit(() -> orders.forEach(
                order -> settleTime.record(Duration.between(order.purchase().placedAt(), now))));
    }

    private Counter counter(String state, @Nullable String loadTest) {
        return meters.counter("orders.reached", "state", state, "load_test", Boolean.toString(loadTest != null));
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
