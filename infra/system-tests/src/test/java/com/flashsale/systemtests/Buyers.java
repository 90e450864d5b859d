package com.flashsale.systemtests;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Customers who buy a unit each through the gateway, one after the other, until the test closes them. A failed request
 * is retried with the same key, as an honest client does; every failure is recorded.
 */
final class Buyers implements AutoCloseable {

    private static final int AT_ONCE = 2;
    private static final int BATCH = 100;
    private static final int MOST_TRIES = 40;

    /** Leaves a machine of two cores time to start a replica meanwhile. */
    private static final Duration BETWEEN_CUSTOMERS = Duration.ofMillis(400);

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(250);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(150);
    private static final int MOST_LOOKS = 400;

    /** Codes of an overloaded machine: honest refusals, no sign of a replica that ended too early. */
    private static final Set<String> BUSY = Set.of("OVERLOADED", "GATEWAY_TIMEOUT", "WAITING_ROOM_UNAVAILABLE");

    private final Shop shop;
    private final String sale;
    private final Queue<Shopper> people = new ArrayDeque<>();
    private final List<Thread> threads = new ArrayList<>();
    private final List<String> orders = new CopyOnWriteArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final List<String> busy = new CopyOnWriteArrayList<>();
    private final List<String> unmended = new CopyOnWriteArrayList<>();
    private final AtomicInteger answers = new AtomicInteger();
    private volatile boolean open = true;

    Buyers(Shop shop, String sale) {
        this.shop = shop;
        this.sale = sale;
        for (int i = 0; i < AT_ONCE; i++) threads.add(Thread.ofVirtual().start(this::comeAndGo));
    }

    /** Ids of the accepted orders, all decided and paid, in the sequence of their payments. */
    List<String> orders() {
        return List.copyOf(orders);
    }

    /** Every 5xx except of an overloaded machine, and every lost connection, retried or not. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    /** Every answer of an overloaded machine. */
    List<String> busy() {
        return List.copyOf(busy);
    }

    /** Purchases that failed after all retries. */
    List<String> unmended() {
        return List.copyOf(unmended);
    }

    int answers() {
        return answers.get();
    }

    private void comeAndGo() {
        while (open) {
            try {
                buy(next());
                rest(BETWEEN_CUSTOMERS);
            } catch (RuntimeException | AssertionError gaveUp) {
                unmended.add(gaveUp.toString());
            }
        }
    }

    private Shopper next() {
        synchronized (people) {
            if (people.isEmpty()) people.addAll(shop.shoppers(BATCH));
            return people.remove();
        }
    }

    private void buy(Shopper me) {
        var admission = admission(me);
        var body = Map.of("saleId", sale, "quantity", 1, "admission", admission);
        var order = post("order", "/api/v1/orders", me, body).is(202).text("id");
        awaitState(me, order, "RESERVED");
        post("pay", "/api/v1/orders/" + order + "/payments", me, Map.of("paymentMethod", "test-approve"))
                .is(202);
        awaitState(me, order, "PAID");
        orders.add(order);
    }

    private String admission(Shopper me) {
        var tickets = "/api/v1/sales/" + sale + "/queue-tickets";
        var ticket = insist("join", () -> shop.api.post(tickets, me.token(), Map.of()))
                .is(201);
        if (!ticket.text("admission").isEmpty()) return ticket.text("admission");
        var claim = Map.of("ticket", ticket.text("ticket"));
        for (int look = 0; look < MOST_LOOKS; look++) {
            var answer =
                    insist("claim", () -> shop.api.post("/api/v1/sales/" + sale + "/admissions", me.token(), claim));
            if (answer.status() == 201) return answer.text("admission");
            rest(BETWEEN_LOOKS);
        }
        throw new IllegalStateException(me.id() + " was never let in");
    }

    private Answer post(String what, String path, Shopper me, Object body) {
        var key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
        return insist(what, () -> shop.api.post(path, me.token(), body, key));
    }

    private void awaitState(Shopper me, String order, String state) {
        var last = "nothing";
        for (int look = 0; look < MOST_LOOKS; look++) {
            last = insist("look", () -> shop.api.get("/api/v1/orders/" + order, me.token()))
                    .is(200)
                    .text("state");
            if (last.equals(state)) return;
            rest(BETWEEN_LOOKS);
        }
        throw new IllegalStateException("order " + order + " is " + last + " and never became " + state);
    }

    /**
     * Repeats a request until its answer is neither 429 nor 5xx. Waiting for a turn and a 429 are no failures; a 5xx
     * and a lost connection are recorded, even when the next attempt succeeds.
     */
    private Answer insist(String what, Supplier<Answer> request) {
        var last = "nothing";
        for (int attempt = 0; attempt < MOST_TRIES; attempt++) {
            try {
                var answer = request.get();
                answers.incrementAndGet();
                if (answer.status() < 500 && answer.status() != 429) return answer;
                last = answer.toString();
                if (answer.status() >= 500)
                    (BUSY.contains(answer.text("code")) ? busy : failures).add(what + ": " + last);
            } catch (UncheckedIOException broken) {
                last = broken.toString();
                failures.add(what + ": " + last);
            }
            rest(BETWEEN_TRIES);
        }
        throw new IllegalStateException(what + " was last answered with " + last);
    }

    private static void rest(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }

    /** Stops new purchases and waits for those in progress, at most 90 s for each thread. */
    @Override
    public void close() throws InterruptedException {
        open = false;
        for (var thread : threads) thread.join(Duration.ofSeconds(90));
    }
}
