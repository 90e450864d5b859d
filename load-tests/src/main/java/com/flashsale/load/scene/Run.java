package com.flashsale.load.scene;

import com.flashsale.load.http.Answer;
import com.flashsale.load.http.LeanClient;
import com.flashsale.load.http.Request;
import com.flashsale.load.inject.Ending;
import com.flashsale.load.inject.Operation;
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
public final class Run {

    private final LeanClient client;
    private final long start;
    private final Map<String, Operation> operations = new LinkedHashMap<>();
    private final Map<UUID, Long> orders = new HashMap<>();
    private final AtomicLong accepted = new AtomicLong();
    private int pausing;

    Run(LeanClient client, long start) {
        this.client = client;
        this.start = start;
    }

    /** Sends a request, counts its answer, and continues with {@code then} if it was accepted. */
    public void ask(String operation, Request request, long due, Consumer<Answer> then) {
        client.send(request, due, answer -> {
            if (operation(operation).record(due, answer) == Ending.ACCEPTED) then.accept(answer);
        });
    }

    public void ask(String operation, Request request, long due) {
        ask(operation, request, due, _ -> {});
    }

    /** Sends an order, and continues with {@code otherwise} if it was not accepted. */
    public void order(String operation, Request request, long due, Runnable otherwise) {
        client.send(request, due, answer -> {
            if (operation(operation).record(due, answer) == Ending.ACCEPTED) accepted(answer, due);
            else otherwise.run();
        });
    }

    /** Sends an order and records its due time, from which the time to settle is computed. */
    public void order(Request request, long due) {
        order("order", request, due);
    }

    public void order(String operation, Request request, long due) {
        ask(operation, request, due, answer -> accepted(answer, due));
    }

    private void accepted(Answer answer, long due) {
        if (orders.putIfAbsent(UUID.fromString(answer.member("id")), due) == null) accepted.incrementAndGet();
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
