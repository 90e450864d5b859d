package com.flashsale.systemtests;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/**
 * An ordinary customer who browses, signs in and buys all the time while other clients misbehave. Every failure that
 * they meet is recorded.
 */
final class Bystander {

    private static final String ADDRESS = "127.0.0.2";
    private static final Duration LONGEST_PURCHASE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Api api;
    private final String sale;
    private final List<Shopper> shoppers;
    private final AtomicInteger purchases = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> troubles = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final Thread thread = Thread.ofVirtual().unstarted(this::live);

    Bystander(RunningPlatform platform, Shop shop, int purchases) {
        this.api = platform.gateway(ADDRESS);
        this.sale = shop.openSale(purchases);
        this.shoppers = shop.shoppers(purchases);
        thread.start();
    }

    int purchases() {
        return purchases.get();
    }

    List<String> troubles() {
        return List.copyOf(troubles);
    }

    void stop() throws InterruptedException {
        running.set(false);
        thread.join(LONGEST_PURCHASE.multipliedBy(2));
    }

    private void live() {
        for (var shopper : shoppers) {
            if (!running.get()) return;
            var begun = Instant.now();
            try {
                browse();
                buy(shopper);
                purchases.incrementAndGet();
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | AssertionError e) {
                troubles.add(begun + " " + e.getMessage());
            }
        }
    }

    private void browse() {
        for (var path : List.of(
                "/",
                "/login",
                "/api/v1/products?limit=5",
                "/api/v1/sales/" + sale,
                "/.well-known/openid-configuration")) {
            served(() -> api.get(path), 200);
        }
    }

    private void buy(Shopper shopper) {
        var queue = "/api/v1/sales/" + sale;
        var ticket = served(() -> api.post(queue + "/queue-tickets", shopper.token(), Map.of()), 201)
                .body();
        var admission = ticket.has("admission") ? ticket : claimed(shopper, queue, ticket);
        var body = Map.of(
                "saleId",
                sale,
                "quantity",
                1,
                "admission",
                admission.path("admission").asString());
        var order = served(() -> api.post("/api/v1/orders", shopper.token(), body, newKey()), 202)
                .text("id");
        awaited(shopper, order, "RESERVED");
        var card = Map.of("paymentMethod", "test-approve");
        served(() -> api.post("/api/v1/orders/" + order + "/payments", shopper.token(), card, newKey()), 202);
        awaited(shopper, order, "PAID");
    }

    private static Map<String, String> newKey() {
        return Map.of("Idempotency-Key", UUID.randomUUID().toString());
    }

    private JsonNode claimed(Shopper shopper, String queue, JsonNode ticket) {
        var claim = Map.of("ticket", ticket.path("ticket").asString());
        return served(() -> api.post(queue + "/admissions", shopper.token(), claim), 201, 409)
                .body();
    }

    private void awaited(Shopper shopper, String order, String state) {
        var until = Instant.now().plus(LONGEST_PURCHASE);
        while (!served(() -> api.get("/api/v1/orders/" + order, shopper.token()), 200)
                .text("state")
                .equals(state)) {
            if (Instant.now().isAfter(until)) throw new AssertionError("order " + order + " is not " + state);
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private interface Call {
        Answer send();
    }

    /** Allows one 503 of an overloaded machine; a service that refuses all customers sends it again. */
    private static Answer served(Call call, int... expected) {
        var answer = call.send();
        if (answer.status() == 503 && answer.text("code").equals("OVERLOADED")) answer = call.send();
        for (int one : expected) {
            if (answer.status() == one) return answer;
        }
        throw new AssertionError(String.valueOf(answer));
    }
}
