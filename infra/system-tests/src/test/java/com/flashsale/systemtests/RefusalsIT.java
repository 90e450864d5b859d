package com.flashsale.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Every error is a problem document, and none changes anything. */
class RefusalsIT {

    final RunningPlatform platform = RunningPlatform.shared();
    final Shop shop = platform.shop();
    final Api api = shop.api;
    final Shopper ada = shop.shopper();
    final Admissions admissions = new Admissions("k1:" + platform.secret("admission-key.k1"));

    @Test
    void nothing_personal_is_reachable_without_a_token() {
        for (var path : List.of("/api/v1/orders", "/api/v1/waitlist-entries", "/api/v1/orders/" + UUID.randomUUID())) {
            api.get(path).isProblem(401, "unauthorized");
            api.get(path, "not.a.token").isProblem(401, "unauthorized");
        }
        api.post("/api/v1/orders", "", Map.of(), Map.of("Idempotency-Key", "k")).isProblem(401, "unauthorized");
        api.post("/api/v1/products", ada.token(), Map.of()).isProblem(403, "forbidden");
        api.post("/api/v1/synthetic-shoppers", ada.token(), Map.of("count", 1)).isProblem(403, "forbidden");
        api.post("/api/v1/synthetic-shoppers", shop.operator(), Map.of("count", 1))
                .isProblem(403, "forbidden");
        platform.orderService(1).get("/api/v1/orders", "").isProblem(401, "unauthorized");
    }

    @Test
    void another_customers_order_does_not_exist() {
        var order = shop.reservedOrder(ada, shop.openSale(1));
        var eve = shop.shopper();
        api.get("/api/v1/orders/" + order, eve.token()).is(404);
        shop.pay(eve, order, "test-approve").is(404);
        api.post("/api/v1/orders/" + order + "/cancellation", eve.token(), Map.of())
                .is(404);
        assertThat(api.get("/api/v1/orders", eve.token())
                        .is(200)
                        .body()
                        .path("items")
                        .size())
                .isZero();
        api.get("/api/v1/orders/" + order + "/events", eve.token()).is(404);
        assertThat(api.get("/api/v1/orders/" + order, ada.token()).text("state"))
                .isEqualTo("RESERVED");
    }

    @Test
    void a_sale_that_is_not_there_not_open_or_over_says_so() {
        shop.join(ada, UUID.randomUUID().toString()).is(404);
        var later = Instant.now().plus(Duration.ofHours(2)).truncatedTo(ChronoUnit.SECONDS);
        var future = shop.openSale(
                1,
                Map.of(
                        "opensAt",
                        later.toString(),
                        "closesAt",
                        later.plusSeconds(60).toString()));
        var early = shop.join(ada, future).isProblem(409, "sale-not-open");
        assertThat(Instant.parse(early.text("opensAt"))).isEqualTo(later);
        shop.order(ada, future, admissions.of(ada, future)).isProblem(409, "sale-not-open");

        var over = shop.openSale(1);
        api.post("/api/v1/sales/" + over + "/end", shop.operator(), Map.of()).is(200);
        org.awaitility.Awaitility.await()
                .atMost(Shop.PATIENCE)
                .untilAsserted(() -> shop.join(ada, over).isProblem(410, "sale-ended"));
        org.awaitility.Awaitility.await()
                .atMost(Shop.PATIENCE)
                .untilAsserted(
                        () -> shop.order(ada, over, admissions.of(ada, over)).isProblem(410, "sale-ended"));
    }

    @Test
    void a_customer_who_comes_too_late_is_told_sold_out() {
        var sale = shop.openSale(1);
        shop.reservedOrder(ada, sale);
        var late = shop.shopper();
        org.awaitility.Awaitility.await()
                .atMost(Shop.PATIENCE)
                .untilAsserted(() -> shop.join(late, sale).isProblem(409, "sold-out"));
        var order = shop.order(late, sale, admissions.of(late, sale)).is(202).text("id");
        assertThat(shop.awaitState(late, order, "REFUSED").path("reason").asString())
                .isEqualTo("SOLD_OUT");
    }

    @Test
    void an_admission_of_another_customer_or_sale_an_ended_a_forged_or_none_is_refused_by_order_service_itself() {
        var sale = shop.openSale(5);
        var eve = shop.shopper();
        var ended = Map.<String, Object>of("exp", Instant.now().getEpochSecond());
        var forged = new Admissions("k1:" + "A".repeat(43) + "=").of(ada, sale);
        for (var admission : List.of(
                admissions.of(eve, sale),
                admissions.of(ada, UUID.randomUUID().toString()),
                admissions.of(ada, sale, ended),
                forged,
                "rubbish",
                ada.token())) {
            for (int replica = 1; replica <= 2; replica++) {
                Shop.orderAt(
                                platform.orderService(replica),
                                ada,
                                sale,
                                admission,
                                UUID.randomUUID().toString())
                        .isProblem(403, "admission-invalid");
            }
        }
        assertThat(platform.count("orders", "select count(*) from orders where sale_id = ?", sale))
                .isZero();
    }

    @Test
    void a_body_that_cannot_be_used_is_refused_with_the_reason() {
        var sale = shop.openSale(1);
        var key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
        api.postText("/api/v1/orders", ada.token(), "{\"saleId\":", key).isProblem(400, "malformed-json");
        api.postText("/api/v1/orders", ada.token(), "[]", key).is(400);
        var typed = new HashMap<>(key);
        typed.put("content-type", "text/plain");
        api.postText("/api/v1/orders", ada.token(), "hello", typed).isProblem(415, "unsupported-media-type");
        api.postText("/api/v1/orders", ada.token(), "{\"saleId\":\"" + "x".repeat(20_000) + "\"}", key)
                .isProblem(413, "payload-too-large");
        var forbidden = Map.of("saleId", sale, "quantity", 1, "admission", "a", "state", "PAID", "price", "0.01");
        api.post("/api/v1/orders", ada.token(), forbidden, key).is(400);
        var none = Map.of("saleId", sale, "quantity", 0, "admission", admissions.of(ada, sale));
        api.post("/api/v1/orders", ada.token(), none, key).isProblem(400, "invalid-request");
        api.get("/api/v1/nowhere").is(404);
        assertThat(platform.count("orders", "select count(*) from orders where sale_id = ?", sale))
                .isZero();
    }
}
