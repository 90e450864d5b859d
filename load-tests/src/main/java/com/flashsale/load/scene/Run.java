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

/** One run while it goes on. Except for the number of accepted orders it belongs to the client's loop until all is answered. */
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

    /** Sends, counts, and if it was accepted goes on. */
    public void ask(String operation, Request request, long due, Consumer<Answer> then) {
        client.send(request, due, answer -> {
            if (operation(operation).record(due, answer) == Ending.ACCEPTED) then.accept(answer);
        });
    }

    public void ask(String operation, Request request, long due) {
        ask(operation, request, due, _ -> {});
    }

    /** The same for an order of somebody who goes on when he did not get it. */
    public void order(String operation, Request request, long due, Runnable otherwise) {
        client.send(request, due, answer -> {
            if (operation(operation).record(due, answer) == Ending.ACCEPTED) accepted(answer, due);
            else otherwise.run();
        });
    }

    /** The same for what ends in an order, so that its settling can be told. */
    public void order(Request request, long due) {
        order("order", request, due);
    }

    public void order(String operation, Request request, long due) {
        ask(operation, request, due, answer -> accepted(answer, due));
    }

    private void accepted(Answer answer, long due) {
        if (orders.putIfAbsent(UUID.fromString(answer.member("id")), due) == null) accepted.incrementAndGet();
    }

    /** Goes on later, as a visitor who waits a moment. */
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

    /** Whether no visitor waits a moment. */
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
