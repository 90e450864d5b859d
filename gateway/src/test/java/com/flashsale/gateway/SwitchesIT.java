package com.flashsale.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.switches.Switches;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** The gateway while operators have turned a switch off: some requests are refused, and all others go on. */
class SwitchesIT extends SoldOutSale {

    /** From the change of a switch to the first refusal. */
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private static final String SALE = "/api/v1/sales/019aa5b0-7a6c-7000-8000-000000000001";

    @Autowired
    Switches switches;

    @AfterEach
    void turnOn() {
        states(true, true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SALE + "/queue-tickets",
                SALE + "/admissions",
                SALE + "/waitlist-entries",
                "/api/v1/orders",
                "/api/v1/orders/7/payments"
            })
    void browse_only_refuses_each_step_to_a_purchase_and_no_service_sees_it(String path) {
        states(true, false);

        for (var body : List.of("{}", "{\"text\":\"" + "x".repeat(6000) + "\"}")) {
            var refused = call("POST", path, body);
            refused.expectHeader().valueEquals("Retry-After", "30");
            refused.expectHeader().exists("RateLimit");
            refused.expectAll(problem(503, "BROWSE_ONLY"));
        }

        assertThat(WORLD.waitlist.seen()).isEmpty();
        assertThat(OrderCalls.orderCalls()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, " + SALE,
        "GET, /api/v1/sales",
        "GET, " + SALE + "/queue",
        "GET, " + SALE + "/queue/draw",
        "GET, " + SALE + "/queue-tickets/mine",
        "GET, /api/v1/orders",
        "GET, /api/v1/orders/7",
        "POST, /api/v1/orders/7/cancellation",
        "GET, /api/v1/waitlist-entries",
        "DELETE, /api/v1/waitlist-entries/7",
        "POST, /api/v1/products",
        "POST, /api/v1/sales",
        "POST, " + SALE + "/pause",
        "PUT, " + SALE + "/admission-pace",
        "GET, /api/v1/switches",
        "PUT, /api/v1/switches/purchases",
        "POST, /api/v1/accounts",
        "POST, /oauth2/token"
    })
    void reading_leaving_cancelling_signing_in_and_steering_go_on(String method, String path) {
        states(false, false);

        var response = call(method, path, method.equals("GET") ? "" : "{}")
                .expectBody(String.class)
                .returnResult();
        assertThat(response.getStatus().value())
                .as("%s %s: %s", method, path, response.getResponseBody())
                .isEqualTo(200);
    }

    @Test
    void without_payments_all_but_payments_goes_on() {
        states(false, true);

        var refused = call("POST", "/api/v1/orders/7/payments", "{}");
        refused.expectHeader().valueEquals("Retry-After", "30");
        refused.expectAll(problem(503, "PAYMENTS_STOPPED"));
        assertThat(OrderCalls.orderCalls()).isZero();

        for (var path : List.of(
                SALE + "/queue-tickets",
                SALE + "/admissions",
                SALE + "/waitlist-entries",
                "/api/v1/orders",
                "/api/v1/orders/7/cancellation")) {
            call("POST", path, "{}").expectStatus().isOk();
        }
        call("GET", "/api/v1/orders/7/payments", "").expectStatus().isOk();
    }

    @Test
    void a_caller_without_a_valid_token_is_refused_for_that() {
        states(false, false);

        client.post().uri("/api/v1/orders").exchange().expectAll(problem(401, "UNAUTHORIZED"));
        as("no-token").post().uri("/api/v1/orders").exchange().expectAll(problem(401, "UNAUTHORIZED"));
        assertThat(OrderCalls.orderCalls()).isZero();
    }

    @Test
    void each_replica_follows_within_two_seconds_and_counts_what_is_off() {
        for (int round = 0; round < 3; round++) {
            WORLD.catalog.switches("payments off", "purchases on");
            WORLD.otherCatalog.switches("payments off", "purchases on");
            await().atMost(LIMIT).until(() -> statusOfPayment() == 503);
            assertThat(off("payments")).isOne();
            assertThat(off("purchases")).isZero();

            WORLD.catalog.switches("payments on", "purchases on");
            WORLD.otherCatalog.switches("payments on", "purchases on");
            await().atMost(LIMIT).until(() -> statusOfPayment() == 200);
            assertThat(off("payments")).isZero();
        }
    }

    @Test
    void the_last_state_holds_while_no_instance_answers() {
        states(false, true);
        WORLD.catalog.stop();
        WORLD.otherCatalog.stop();

        await().during(LIMIT).atMost(SOON).until(() -> statusOfPayment() == 503);
    }

    @Test
    void one_silent_instance_delays_nothing() {
        WORLD.catalog.on("/internal/v1/switches", StubService.silence());
        WORLD.otherCatalog.switches("payments off", "purchases on");

        await().atMost(LIMIT).until(() -> statusOfPayment() == 503);
    }

    @Test
    void a_sold_out_sale_refuses_joins_by_the_switch_and_tells_that_it_is_sold_out_afterwards() {
        soldOut("1", member);
        untilTold();
        states(true, false);

        for (int i = 0; i < 5; i++) join(TestTokens.shopper(), "{}").expectAll(problem(503, "BROWSE_ONLY"));

        states(true, true);
        join(TestTokens.shopper(), "{}").expectAll(problem(409, "SOLD_OUT"));
    }

    /** One read of a connection, one in two parts that takes the usual path, and one from memory. */
    @Test
    void all_ways_give_the_same_document() throws IOException {
        soldOut("1", member);
        untilTold();
        states(false, false);
        var forwarded = meters.get("gateway.forwarded").counter();
        var head = "POST %s HTTP/1.1\r\nHost: shop\r\nX-Forwarded-For: %s\r\nAuthorization: Bearer %s\r\n"
                        .formatted(join, address, TestTokens.shopper())
                + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n";
        try (var connection = new Conversation(port)) {
            connection.send(head);
            connection.send("{}");
            var usual = connection.next();
            var before = forwarded.count();
            connection.send(head + "{}");
            var early = connection.next();

            assertThat(forwarded.count()).isEqualTo(before + 1);
            assertThat(early.status()).isEqualTo(503);
            assertThat(withoutTrace(early.body())).isEqualTo(withoutTrace(usual.body()));
            assertThat(early.headers().keySet()).isEqualTo(usual.headers().keySet());
            assertThat(early.headers().get("retry-after"))
                    .isEqualTo(usual.headers().get("retry-after"));
        }
    }

    private static String withoutTrace(String body) {
        return body.replaceAll("\"traceId\":\"[0-9a-f]+\"", "");
    }

    private int statusOfPayment() {
        return call("POST", "/api/v1/orders/7/payments", "{}")
                .expectBody()
                .returnResult()
                .getStatus()
                .value();
    }

    private ResponseSpec call(String method, String path, String body) {
        var request =
                as(TestTokens.shopper()).method(HttpMethod.valueOf(method)).uri(path);
        return body.isEmpty()
                ? request.exchange()
                : request.header("Content-Type", "application/json")
                        .bodyValue(body)
                        .exchange();
    }

    private double off(String name) {
        return meters.get("switches.off").tag("switch", name).gauge().value();
    }

    private void states(boolean payments, boolean purchases) {
        turn(switches, payments, purchases);
    }

    /** Turns the switches as catalog-service tells them, and waits until the gateway knows. */
    static void turn(Switches known, boolean payments, boolean purchases) {
        for (var catalog : List.of(WORLD.catalog, WORLD.otherCatalog)) {
            catalog.start();
            catalog.switches("payments " + (payments ? "on" : "off"), "purchases " + (purchases ? "on" : "off"));
        }
        await().atMost(SOON)
                .until(() -> known.named("payments").isOn() == payments
                        && known.named("purchases").isOn() == purchases);
    }
}
