package com.flashsale.systemtests;

import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The public API as a load test uses it. The scope of the load test is enough for all requests, and all rows carry the
 * name of the load test.
 */
record TaggedShop(Api api, String token, String run) {

    List<Shopper> shoppers(int count) {
        return post("/api/v1/synthetic-shoppers", Map.of("count", count))
                .is(201)
                .body()
                .path("items")
                .valueStream()
                .map(item -> new Shopper(
                        item.path("customerId").asString(),
                        item.path("accessToken").asString()))
                .toList();
    }

    String openSale(int allotted, Map<String, Object> terms) {
        var price = Map.of("amount", "79.90", "currency", "EUR");
        var product = post("/api/v1/products", Map.of("name", "Ghost", "description", "Of " + run, "price", price))
                .is(201)
                .text("id");
        var sale = new HashMap<String, Object>(Map.of(
                "productId",
                product,
                "price",
                price,
                "allotted",
                allotted,
                "purchaseLimit",
                1,
                "opensAt",
                Instant.now().toString(),
                "closesAt",
                Instant.now().plusSeconds(3_600).toString()));
        sale.putAll(terms);
        return post("/api/v1/sales", sale).is(201).text("id");
    }

    Answer post(String path, Object body) {
        var headers =
                Map.of("X-Load-Test", run, "Idempotency-Key", UUID.randomUUID().toString());
        return api.post(path, token, body, headers);
    }

    /**
     * A sale that was sold out: one customer has paid, one payment was declined, one customer has cancelled, and one
     * waits on the waitlist.
     */
    String wholeSale(Shop shop) {
        var sale = openSale(3, Map.of());
        var people = shoppers(4);
        var orders = people.subList(0, 3).stream()
                .map(one -> shop.reservedOrder(one, sale))
                .toList();
        shop.pay(people.get(0), orders.get(0), "test-approve").is(202);
        shop.awaitState(people.get(0), orders.get(0), "PAID");
        shop.pay(people.get(1), orders.get(1), "test-decline").is(202);
        shop.awaitOrder(
                people.get(1),
                orders.get(1),
                order -> order.path("payment").path("state").asString("").equals("DECLINED"));
        await().atMost(Shop.PATIENCE).until(() -> waits(people.get(3), sale));
        api.post(
                        "/api/v1/orders/" + orders.get(2) + "/cancellation",
                        people.get(2).token(),
                        Map.of())
                .is(202);
        shop.awaitState(people.get(2), orders.get(2), "CANCELLED");
        return sale;
    }

    private boolean waits(Shopper person, String sale) {
        var path = "/api/v1/sales/" + sale + "/waitlist-entries";
        return api.post(path, person.token(), Map.of()).status() == 201;
    }
}
