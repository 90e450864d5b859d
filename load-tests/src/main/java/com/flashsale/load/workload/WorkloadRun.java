package com.flashsale.load.workload;

import com.flashsale.load.http.LeanClient;
import com.flashsale.load.http.Request;
import com.flashsale.load.http.Response;
import com.flashsale.load.inject.Operation;
import com.flashsale.load.inject.Outcome;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * One run in progress. Until all requests are answered, only the client's loop may use it, except for the number of
 * accepted orders.
 */
public final class WorkloadRun {

    private final LeanClient client;
    private final long start;
    private final Map<String, Operation> operations = new LinkedHashMap<>();
    private final Map<UUID, Long> orders = new HashMap<>();
    private final AtomicLong accepted = new AtomicLong();
    private int pausing;

    WorkloadRun(LeanClient client, long start) {
        this.client = client;
        this.start = start;
    }

    /** Sends a request, counts its answer, and continues with {@code then} if it was accepted. */
    public void ask(String operation, Request request, long due, Consumer<Response> then) {
        ask(operation, request, due, then, () -> {});
    }

    /** Sends a request, and continues with {@code otherwise} if it was not accepted. */
    public void ask(String operation, Request request, long due, Consumer<Response> then, Runnable otherwise) {
        long sent = System.nanoTime();
        client.send(request, due, response -> {
            if (operation(operation).record(due, sent, response) == Outcome.ACCEPTED) then.accept(response);
            else otherwise.run();
        });
    }

    public void ask(String operation, Request request, long due) {
        ask(operation, request, due, _ -> {});
    }

    /** Sends an order, and continues with {@code otherwise} if it was not accepted. */
    public void order(String operation, Request request, long due, Runnable otherwise) {
        order(operation, request, due, () -> {}, otherwise);
    }

    /** Sends an order, and continues in one of two ways. */
    public void order(String operation, Request request, long due, Runnable then, Runnable otherwise) {
        ask(
                operation,
                request,
                due,
                response -> {
                    accepted(response, due);
                    then.run();
                },
                otherwise);
    }

    /** Sends an order and records its due time, from which the time to settle is computed. */
    public void order(Request request, long due) {
        order("order", request, due);
    }

    public void order(String operation, Request request, long due) {
        ask(operation, request, due, response -> accepted(response, due));
    }

    private void accepted(Response response, long due) {
        if (orders.putIfAbsent(UUID.fromString(response.member("id")), due) == null) accepted.incrementAndGet();
    }

    /** Continues later, for a visitor who pauses. */
    public void later(long millis, Consumer<Long> then) {
        long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        pausing++;
        var _ = client.loop()
                .schedule(
                        () -> {
                            pausing--;
                            then.accept(due);
                        },
                        millis,
                        TimeUnit.MILLISECONDS);
    }

    /** Whether no visitor pauses. */
    boolean nobodyPauses() {
        return pausing == 0;
    }

    /** The moment of the first visit, on the scale of {@link System#nanoTime}. */
    public long start() {
        return start;
    }

    public Operation operation(String name) {
        return operations.computeIfAbsent(name, each -> new Operation(each, start));
    }

    Collection<Operation> operations() {
        return operations.values();
    }

    Map<UUID, Long> orders() {
        return orders;
    }

    long acceptedOrders() {
        return accepted.get();
    }
}
