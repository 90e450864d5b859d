package com.flashsale.systemtests;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** The public API in the words of the domain. */
final class Shop {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    /** A broker that comes back elects leaders, its groups find each other again, and what waited is sent. */
    private static final Duration RECOVERY = Duration.ofSeconds(60);

    private static final int SALES_AFTER_RECOVERY = 20;

    final Api api;
    private final String operator;
    private final String loadTest;

    Shop(Api api, String operator, String loadTest) {
        this.api = api;
        this.operator = operator;
        this.loadTest = loadTest;
    }

    String operator() {
        return operator;
    }

    List<Shopper> shoppers(int count) {
        var items = api.post("/api/v1/synthetic-shoppers", loadTest, Map.of("count", count))
                .is(201)
                .body()
                .path("items");
        return items.valueStream()
                .map(item -> new Shopper(
                        item.path("customerId").asString(),
                        item.path("accessToken").asString()))
                .toList();
    }

    Shopper shopper() {
        return shoppers(1).getFirst();
    }

    private String product() {
        var product = Map.of(
                "name", "Aurora Sneaker",
                "description", "One colour, one run.",
                "price", Map.of("amount", "89.90", "currency", "EUR"));
        return api.post("/api/v1/products", operator, product).is(201).text("id");
    }

    /**
     * For a test that froze or killed what all others use: new sales, on every partition most likely, are sold as
     * before.
     */
    void awaitRecovery() {
        var people = shoppers(SALES_AFTER_RECOVERY);
        var sales = people.stream().map(_ -> openSale(1)).toList();
        for (int i = 0; i < SALES_AFTER_RECOVERY; i++) {
            var person = people.get(i);
            var sale = sales.get(i);
            await().atMost(RECOVERY).until(() -> join(person, sale).status() == 201);
            var admission = admission(person, sale);
            var order = await().atMost(RECOVERY).until(() -> order(person, sale, admission), it -> it.status() == 202);
            awaitState(person, order.text("id"), "RESERVED");
        }
    }

    /** A sale that is open now; terms may replace any field. */
    String openSale(int allotted, Map<String, Object> terms) {
        var sale = new HashMap<String, Object>(Map.of(
                "productId", product(),
                "price", Map.of("amount", "79.90", "currency", "EUR"),
                "allotted", allotted,
                "purchaseLimit", 1,
                "opensAt", Instant.now().toString(),
                "closesAt", Instant.now().plus(Duration.ofHours(1)).toString()));
        sale.putAll(terms);
        return api.post("/api/v1/sales", operator, sale).is(201).text("id");
    }

    String openSale(int allotted) {
        return openSale(allotted, Map.of());
    }

    Answer join(Shopper shopper, String sale) {
        return api.post("/api/v1/sales/" + sale + "/queue-tickets", shopper.token(), Map.of());
    }

    /** Joins and waits for the turn; the way of every customer. */
    String admission(Shopper shopper, String sale) {
        var ticket = join(shopper, sale).is(201);
        if (!ticket.text("admission").isEmpty()) return ticket.text("admission");
        var claim = Map.of("ticket", ticket.text("ticket"));
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> api.post("/api/v1/sales/" + sale + "/admissions", shopper.token(), claim),
                        answer -> answer.status() == 201)
                .text("admission");
    }

    Answer order(Shopper shopper, String sale, String admission) {
        return order(shopper, sale, admission, UUID.randomUUID().toString());
    }

    Answer order(Shopper shopper, String sale, String admission, String key) {
        return orderAt(api, shopper, sale, admission, key);
    }

    static Answer orderAt(Api api, Shopper shopper, String sale, String admission, String key) {
        var body = Map.of("saleId", sale, "quantity", 1, "admission", admission);
        return api.post("/api/v1/orders", shopper.token(), body, Map.of("Idempotency-Key", key));
    }

    Answer pay(Shopper shopper, String order, String method) {
        return api.post(
                "/api/v1/orders/" + order + "/payments",
                shopper.token(),
                Map.of("paymentMethod", method),
                Map.of("Idempotency-Key", UUID.randomUUID().toString()));
    }

    JsonNode awaitOrder(Shopper shopper, String order, Predicate<JsonNode> condition) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> api.get("/api/v1/orders/" + order, shopper.token())
                                .is(200)
                                .body(),
                        condition);
    }

    JsonNode awaitState(Shopper shopper, String order, String state) {
        return awaitOrder(
                shopper, order, body -> body.path("state").asString("").equals(state));
    }

    /** Buys up to the hold: an order that is RESERVED. */
    String reservedOrder(Shopper shopper, String sale) {
        var order = order(shopper, sale, admission(shopper, sale)).is(202).text("id");
        awaitState(shopper, order, "RESERVED");
        return order;
    }
}
