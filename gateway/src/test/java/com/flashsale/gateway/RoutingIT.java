package com.flashsale.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;

class RoutingIT extends GatewayIT {

    private static final String SALE = "/api/v1/sales/019aa5b0-7a6c-7000-8000-000000000001";

    @ParameterizedTest
    @CsvSource({
        "POST, /api/v1/accounts, auth",
        "GET, /api/v1/accounts/me, auth",
        "POST, /api/v1/synthetic-shoppers, auth",
        "POST, /api/v1/signing-keys, auth",
        "GET, /oauth2/authorize?client_id=storefront, auth",
        "POST, /oauth2/token, auth",
        "POST, /oauth2/revoke, auth",
        "GET, /.well-known/openid-configuration, auth",
        "GET, /login, auth",
        "POST, /login, auth",
        "GET, /register, auth",
        "POST, /register, auth",
        "GET, /logout, auth",
        "GET, /connect/logout, auth",
        "GET, /userinfo, auth",
        "GET, /auth/auth.css, auth",
        "GET, /api/v1/products?q=shoe, catalog",
        "GET, /api/v1/products/1, catalog",
        "POST, /api/v1/products, catalog",
        "GET, /api/v1/sales, catalog",
        "POST, /api/v1/sales, catalog",
        "GET, /api/v1/sales/1, catalog",
        "POST, /api/v1/sales/1/pause, catalog",
        "POST, /api/v1/sales/1/resume, catalog",
        "POST, /api/v1/sales/1/end, catalog",
        "PUT, /api/v1/sales/1/admission-pace, catalog",
        "GET, /api/v1/switches, catalog",
        "PUT, /api/v1/switches/payments, catalog",
        "GET, /api/v1/sales/019aa5b0-7a6c-7000-8000-000000000001/queue, waitlist",
        "POST, /api/v1/sales/1/queue-tickets, waitlist",
        "GET, /api/v1/sales/1/queue-tickets/mine, waitlist",
        "POST, /api/v1/sales/1/admissions, waitlist",
        "POST, /api/v1/sales/1/waitlist-entries, waitlist",
        "GET, /api/v1/waitlist-entries, waitlist",
        "DELETE, /api/v1/waitlist-entries/1, waitlist",
        "POST, /api/v1/orders, order",
        "GET, /api/v1/orders, order",
        "GET, /api/v1/orders/1, order",
        "GET, /api/v1/orders/1/events, order",
        "POST, /api/v1/orders/1/payments, order",
        "POST, /api/v1/orders/1/cancellation, order"
    })
    void each_path_reaches_its_service(String method, String uri, String service) {
        as(TestTokens.shopper())
                .method(HttpMethod.valueOf(method))
                .uri(uri)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.from")
                .isEqualTo(service);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/internal/stock", "/actuator", "/actuator/health", "/actuator/gateway/routes", "/nothing",
                "/api/v1/nothing", "/api/v2/orders", "/api/v1/sales/1/internal", "/eureka/apps", "/error"
            })
    void a_path_that_is_not_public_does_not_exist(String path) {
        client.get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectHeader()
                .contentType("application/problem+json")
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("NOT_FOUND")
                .jsonPath("$.type")
                .isEqualTo("https://flash-sale.example/problems/not-found")
                .jsonPath("$.traceId")
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/orders/../../../internal/stock",
                "/api/v1/orders/%2e%2e/%2e%2e/%2e%2e/internal/stock",
                "/api/v1/orders/..;/internal",
                "/api/v1/products/%2Finternal",
                "/api/v1//orders",
                "//internal/stock",
                "/api/v1/products/a%00b",
                "/api/v1/products/a\\b",
                "/.git/config"
            })
    void a_path_that_two_servers_may_read_differently_is_refused(String path) throws Exception {
        var answer = RawHttp.send(port, "GET " + path + " HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n");

        assertThat(answer).matches("(?s)HTTP/1.1 40[04] .*");
        assertThat(WORLD.catalog.seen()).isEmpty();
        assertThat(WORLD.order.seen()).isEmpty();
    }

    @Test
    void a_method_that_the_path_does_not_know_is_named_so() {
        client.put()
                .uri(SALE + "/queue")
                .exchange()
                .expectAll(problem(405, "METHOD_NOT_ALLOWED"))
                .expectHeader()
                .valueEquals("Allow", "GET");
    }

    @Test
    void a_service_sees_the_host_that_the_browser_asked_for() {
        client.get()
                .uri("/login")
                .header("Host", "shop.example")
                .exchange()
                .expectStatus()
                .isOk();

        assertThat(WORLD.auth.seen("/login").getFirst().headers().get("Host")).isEqualTo("shop.example");
    }

    @Test
    void a_problem_of_a_service_passes_unchanged() {
        for (var stand : List.of(WORLD.order, WORLD.otherOrder)) {
            stand.on("/api/v1/orders", StubService.problem(415, "UNSUPPORTED_MEDIA_TYPE"));
        }

        as(TestTokens.shopper())
                .post()
                .uri("/api/v1/orders")
                .exchange()
                .expectStatus()
                .isEqualTo(415)
                .expectBody(String.class)
                .isEqualTo("{\"status\":415,\"code\":\"UNSUPPORTED_MEDIA_TYPE\"}");
    }

    @Test
    void every_answer_has_its_trace_id_and_the_security_headers() {
        var trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        client.get()
                .uri("/api/v1/sales/1")
                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .exchange()
                .expectHeader()
                .valueEquals("X-Trace-Id", trace)
                .expectHeader()
                .valueEquals("X-Content-Type-Options", "nosniff")
                .expectHeader()
                .valueMatches("Content-Security-Policy", "default-src 'self'.*frame-ancestors 'none'.*")
                .expectHeader()
                .doesNotExist("Access-Control-Allow-Origin");

        var seen = WORLD.catalog.seen().isEmpty() ? WORLD.otherCatalog : WORLD.catalog;
        assertThat(seen.seen().getFirst().headers().get("traceparent")).contains(trace);
    }

    @Test
    void a_trace_context_that_is_none_is_replaced() {
        client.get()
                .uri("/api/v1/sales")
                .header("traceparent", "00-<script>-00f067aa0ba902b7-01")
                .exchange()
                .expectHeader()
                .valueMatches("X-Trace-Id", "[0-9a-f]{32}");
    }
}
