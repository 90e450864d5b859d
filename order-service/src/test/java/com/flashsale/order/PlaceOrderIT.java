package com.flashsale.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceOrderIT extends OrderServiceIT {

    @Test
    void a_customer_with_an_admission_places_an_order() {
        var shopper = aShopper();
        var sale = anOpenSale();

        var placed = shopper.order(sale, 2, admission(sale, shopper.id()));

        assertThat(placed.status()).isEqualTo(202);
        var order = placed.json();
        assertThat(placed.header("Location")).isEqualTo("/api/v1/orders/" + placed.id());
        assertThat(placed.header("Idempotency-Replayed")).isNull();
        assertThat(order.propertyNames())
                .containsExactlyInAnyOrder("id", "saleId", "customerId", "quantity", "state", "total", "placedAt");
        assertThat(order.get("state").asString()).isEqualTo("PLACED");
        assertThat(order.get("customerId").asString()).isEqualTo(shopper.id().toString());
        assertThat(order.get("total")).isEqualTo(Shopper.JSON.readTree("{\"amount\":\"179.80\",\"currency\":\"EUR\"}"));
        assertThat(shopper.see(placed.id())).isEqualTo(order);
    }

    @Test
    void the_world_hears_of_an_order_with_the_sale_as_its_key() {
        var shopper = aShopper();
        var sale = anOpenSale();
        var claims = admissionClaims(sale, shopper.id(), 2);
        var order = shopper.order(sale, 2, tokens.sign("admission+jwt", claims)).id();

        awaitFacts(order, "placed");

        var event = eventsOf(order).getFirst();
        assertThat(event.key()).isEqualTo(sale.toString());
        assertThat(event.data().get("admissionId").asString()).isEqualTo(claims.get("jti"));
        assertThat(event.data().get("customerId").asString())
                .isEqualTo(shopper.id().toString());
        assertThat(event.data().get("quantity").asInt()).isEqualTo(2);
    }

    @Test
    void the_trace_of_the_request_goes_on_in_its_event() {
        var shopper = aShopper();
        var sale = anOpenSale();
        var trace = UUID.randomUUID().toString().replace("-", "");
        var request = Map.of("saleId", sale, "quantity", 1, "admission", admission(sale, shopper.id()));

        var order =
                shopper.traced(trace).post("/api/v1/orders", "a-key", request).id();

        awaitFacts(order, "placed");
        assertThat(eventsOf(order).getFirst().traceparent()).contains(trace);
    }

    @Test
    void orders_of_a_sale_are_told_in_the_order_in_which_they_were_committed() {
        var sale = anOpenSale();
        var orders = java.util.stream.IntStream.range(0, 20)
                .mapToObj(_ -> {
                    var shopper = aShopper();
                    return shopper.order(sale, 1, admission(sale, shopper.id()))
                            .id()
                            .toString();
                })
                .toList();

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(com.flashsale.platform.test.TestKafka.events("order.order", sale.toString()))
                                .extracting(event -> event.subject())
                                .containsExactlyElementsOf(orders));
    }

    @Test
    void a_repeated_request_gets_the_same_bytes_and_makes_no_second_order() {
        var shopper = aShopper();
        var sale = anOpenSale();
        var admission = admission(sale, shopper.id());
        var first = shopper.order("a-key", sale, 1, admission);

        var again = shopper.order("a-key", sale, 1, admission);

        assertThat(again.status()).isEqualTo(202);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(ordersIn(sale)).isEqualTo(1);
    }

    @Test
    void a_repeated_request_gets_its_answer_even_when_the_door_has_closed() {
        var shopper = aShopper();
        var sale = anOpenSale();
        var claims = admissionClaims(sale, shopper.id(), 1);
        claims.put("exp", Instant.now().getEpochSecond() + 2);
        var admission = tokens.sign("admission+jwt", claims);
        var first = shopper.order("a-key", sale, 1, admission);
        assertThat(first.status()).isEqualTo(202);
        var ended = Catalog.facts(sale, 2);
        ended.put("endedAt", Instant.now().toString());
        Catalog.says("ended", ended);
        await().atMost(PATIENCE)
                .until(() -> shopper.order(sale, 1, admission).status() == 410
                        && Instant.now().getEpochSecond() > (long) claims.get("exp"));

        var again = shopper.order("a-key", sale, 1, admission);

        assertThat(again.body()).isEqualTo(first.body());
        assertThat(shopper.order("a-key", sale, 2, admission).status()).isEqualTo(422);
    }

    @Test
    void another_request_under_a_used_key_is_refused() {
        var shopper = aShopper();
        var sale = anOpenSale();
        shopper.order("a-key", sale, 1, admission(sale, shopper.id()));

        var other = shopper.order("a-key", sale, 2, admission(sale, shopper.id()));

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.code()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(ordersIn(sale)).isEqualTo(1);
    }

    @Test
    void a_key_belongs_to_its_customer() {
        var sale = anOpenSale();
        var one = aShopper();
        var other = aShopper();
        var first = one.order("a-key", sale, 1, admission(sale, one.id()));

        var second = other.order("a-key", sale, 1, admission(sale, other.id()));

        assertThat(second.status()).isEqualTo(202);
        assertThat(second.header("Idempotency-Replayed")).isNull();
        assertThat(second.id()).isNotEqualTo(first.id());
    }

    @Test
    void a_request_without_a_key_is_refused() {
        var shopper = aShopper();
        var sale = anOpenSale();

        var refused = shopper.order(null, sale, 1, admission(sale, shopper.id()));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("IDEMPOTENCY_KEY_MISSING");
        assertThat(ordersIn(sale)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void less_than_one_unit_is_no_order(int quantity) {
        var shopper = aShopper();
        var sale = anOpenSale();

        var refused = shopper.order(sale, quantity, admission(sale, shopper.id()));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("INVALID_REQUEST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"price\":{\"amount\":\"0.01\",\"currency\":\"EUR\"}",
                "\"state\":\"PAID\"",
                "\"customerId\":\"0198b6f0-0000-7000-8000-000000000000\""
            })
    void a_customer_sets_no_field_that_is_not_theirs(String field) {
        var shopper = aShopper();
        var sale = anOpenSale();
        var body = "{\"saleId\":\"%s\",\"quantity\":1,\"admission\":\"%s\",%s}"
                .formatted(sale, admission(sale, shopper.id()), field);

        var refused = shopper.post("/api/v1/orders", "a-key", body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("MALFORMED_JSON");
        assertThat(ordersIn(sale)).isZero();
    }

    private int ordersIn(UUID sale) {
        return count("select count(*) from orders where sale_id = ?", sale);
    }
}
