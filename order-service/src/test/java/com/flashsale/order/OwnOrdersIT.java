package com.flashsale.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.platform.test.TestTokens;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** A customer sees and touches their own orders, and no others. */
class OwnOrdersIT extends OrderServiceIT {

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping endpoints;

    @Test
    void orders_are_listed_newest_first_page_by_page() {
        var shopper = aShopper();
        var sale = anOpenSale();
        var placed = new ArrayList<>(Stream.generate(() -> shopper.order(sale, 1, admission(sale, shopper.id()))
                        .id()
                        .toString())
                .limit(5)
                .toList());
        Collections.reverse(placed);

        var first = shopper.get("/api/v1/orders?limit=2").json();
        var second = shopper.get("/api/v1/orders?limit=2&cursor="
                        + first.get("nextCursor").asString())
                .json();
        var third = shopper.get("/api/v1/orders?limit=2&cursor="
                        + second.get("nextCursor").asString())
                .json();

        assertThat(Stream.of(first, second, third)
                        .flatMap(page -> page.get("items").valueStream())
                        .map(order -> order.get("id").asString()))
                .containsExactlyElementsOf(placed);
        assertThat(third.has("nextCursor")).isTrue();
        assertThat(third.get("nextCursor").isNull()).isTrue();
    }

    @Test
    void a_list_has_one_to_a_hundred_orders() {
        var shopper = aShopper();
        for (var limit : new String[] {"0", "101", "many"}) {
            var refused = shopper.get("/api/v1/orders?limit=" + limit);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.code()).isEqualTo("INVALID_REQUEST");
        }
        assertThat(shopper.get("/api/v1/orders?limit=100").status()).isEqualTo(200);
        assertThat(shopper.get("/api/v1/orders").json().get("items").isEmpty()).isTrue();
    }

    private record Endpoint(String method, String path) {}

    private static final List<Endpoint> OF_ONE_ORDER = List.of(
            new Endpoint("GET", "/api/v1/orders/{id}"),
            new Endpoint("GET", "/api/v1/orders/{id}/events"),
            new Endpoint("POST", "/api/v1/orders/{id}/payments"),
            new Endpoint("POST", "/api/v1/orders/{id}/cancellation"));
    private static final List<Endpoint> OF_ALL =
            List.of(new Endpoint("GET", "/api/v1/orders"), new Endpoint("POST", "/api/v1/orders"));

    @Test
    void another_ones_order_is_as_unknown_as_none() {
        var owner = aShopper();
        var other = aShopper();
        var order = aReservedOrder(owner);
        var before = owner.see(order);

        for (var endpoint : OF_ONE_ORDER) {
            var refused = call(other, endpoint, order);
            assertThat(refused.status()).as(endpoint.toString()).isEqualTo(404);
            assertThat(refused.code()).isEqualTo("ORDER_NOT_FOUND");
            assertThat(call(other, endpoint, UUID.randomUUID()).status()).isEqualTo(404);
        }

        assertThat(owner.see(order)).isEqualTo(before);
        assertThat(other.get("/api/v1/orders").json().get("items").isEmpty()).isTrue();
        assertThat(other.get("/api/v1/orders?cursor=" + order)
                        .json()
                        .get("items")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void a_caller_that_is_no_shopper_is_refused_everywhere() {
        var order = aPlacedOrder(aShopper());
        for (var endpoint :
                Stream.concat(OF_ONE_ORDER.stream(), OF_ALL.stream()).toList()) {
            assertThat(call(Shopper.with("", address()), endpoint, order).status())
                    .as("nobody: " + endpoint)
                    .isEqualTo(401);
            for (var token : new String[] {TestTokens.operator(), TestTokens.loadTest()}) {
                assertThat(call(Shopper.with(token, address()), endpoint, order).status())
                        .as("a machine: " + endpoint)
                        .isEqualTo(403);
            }
        }
    }

    @Test
    void these_are_all_endpoints() {
        var known = Stream.concat(OF_ONE_ORDER.stream(), OF_ALL.stream()).toList();

        assertThat(endpoints.getHandlerMethods().entrySet())
                .filteredOn(
                        endpoint -> endpoint.getValue().getBeanType().getName().startsWith("com.flashsale.order"))
                .flatExtracting(endpoint -> endpoint.getKey().getMethodsCondition().getMethods().stream()
                        .flatMap(method -> endpoint.getKey().getPatternValues().stream()
                                .map(path -> new Endpoint(method.name(), path)))
                        .toList())
                .containsExactlyInAnyOrderElementsOf(known);
    }

    private static Shopper.Answer call(Shopper who, Endpoint endpoint, UUID order) {
        var path = endpoint.path().replace("{id}", order.toString());
        var body = path.endsWith("payments") ? "{\"paymentMethod\":\"test-approve\"}" : "{}";
        return endpoint.method().equals("GET")
                ? who.get(path)
                : who.post(path, UUID.randomUUID().toString(), body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders/%2e%2e",
                "orders/1",
                "orders/" + TOO_LONG,
                "orders/1/events",
                "orders?cursor=1",
                "orders?cursor=%00",
                "orders?limit=-1",
                "orders?limit=1e2",
                "orders?limit=99999999999999999999",
                "orders?limit=%F0%9F%98%80"
            })
    void an_address_that_makes_no_sense_is_the_callers_mistake(String path) {
        var answer = aShopper().get("/api/v1/" + path);
        assertThat(answer.status()).as(answer.body()).isBetween(400, 499);
        assertThat(answer.code()).isNotEmpty();
    }

    private static final String TOO_LONG = "00000000-0000-0000-0000-0000000000000000000000000000000000000000";

    static Stream<String> bodiesThatMakeNoSense() {
        var deep = "[".repeat(5_000);
        return Stream.of(
                "",
                "null",
                "[]",
                "1",
                "\"text\"",
                "{",
                "{}",
                deep,
                "{\"a\":".repeat(3_000),
                "{\"saleId\":null,\"quantity\":1,\"admission\":\"a\"}",
                "{\"saleId\":\"1\",\"quantity\":1,\"admission\":\"a\"}",
                "{\"saleId\":\"%s\",\"quantity\":1.5,\"admission\":\"a\"}",
                "{\"saleId\":\"%s\",\"quantity\":\"1\",\"admission\":\"a\"}",
                "{\"saleId\":\"%s\",\"quantity\":1e400,\"admission\":\"a\"}",
                "{\"saleId\":\"%s\",\"quantity\":99999999999999999999,\"admission\":\"a\"}",
                "{\"saleId\":\"%s\",\"quantity\":1,\"quantity\":3,\"admission\":\"a\"}",
                "{\"saleId\":\"%s\",\"quantity\":1,\"admission\":\"\\u0000\"}",
                "{\"saleId\":\"%s\",\"quantity\":1,\"admission\":\"\\ud800\"}",
                "{\"saleId\":\"%s\",\"quantity\":1,\"admission\":[]}",
                "{\"paymentMethod\":null}",
                "{\"paymentMethod\":\"\\u0000\"}",
                "{\"paymentMethod\":{\"a\":1}}");
    }

    @ParameterizedTest
    @MethodSource("bodiesThatMakeNoSense")
    void a_body_that_makes_no_sense_is_the_callers_mistake_and_changes_nothing(String body) {
        var shopper = aShopper();
        var order = aPlacedOrder(shopper);
        var text = body.replace("%s", UUID.randomUUID().toString());
        for (var path : List.of("/api/v1/orders", "/api/v1/orders/" + order + "/payments")) {
            var answer = shopper.post(path, UUID.randomUUID().toString(), text);
            assertThat(answer.status()).as(path + ": " + answer.body()).isBetween(400, 499);
            assertThat(answer.code()).isNotEmpty();
        }
        assertThat(shopper.see(order).get("state").asString()).isEqualTo("PLACED");
        assertThat(count("select count(*) from orders where customer_id = ?", shopper.id()))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "a b", "a\tb"})
    void a_key_of_other_bytes_than_visible_ascii_is_refused(String key) {
        var shopper = aShopper();
        var sale = anOpenSale();
        var answer = shopper.order(key, sale, 1, admission(sale, shopper.id()));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).startsWith("IDEMPOTENCY_KEY_");
        assertThat(shopper.order("k".repeat(256), sale, 1, admission(sale, shopper.id()))
                        .code())
                .isEqualTo("IDEMPOTENCY_KEY_INVALID");
    }
}
