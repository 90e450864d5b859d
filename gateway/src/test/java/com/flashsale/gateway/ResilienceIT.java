package com.flashsale.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class ResilienceIT extends GatewayIT {

    @Autowired
    CircuitBreakerRegistry breakers;

    @BeforeEach
    void calm() {
        breakers.getAllCircuitBreakers().forEach(CircuitBreaker::reset);
    }

    @Test
    void a_read_goes_to_the_other_instance_when_one_is_gone() {
        WORLD.order.stop();

        for (var i = 0; i < 10; i++) {
            order("GET").exchange().expectStatus().isOk();
        }
    }

    @Test
    void after_one_refused_connection_the_others_are_called_alone() {
        WORLD.order.stop();
        order("GET").exchange().expectStatus().isOk();
        order("GET").exchange().expectStatus().isOk();

        for (var i = 0; i < 10; i++) {
            order("POST").exchange().expectStatus().isOk();
        }
    }

    @Test
    void a_read_is_tried_once_more_when_an_instance_is_busy() {
        WORLD.order.on("/api/v1/orders", StubService.problem(503, "OVERLOADED"));

        for (var i = 0; i < 10; i++) {
            order("GET").exchange().expectStatus().isOk();
        }

        assertThat(WORLD.otherOrder.seen()).hasSize(10);
    }

    @Test
    void a_read_is_tried_twice_at_most() {
        everyOrder(StubService.problem(503, "OVERLOADED"));

        order("GET")
                .exchange()
                .expectStatus()
                .isEqualTo(503)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("OVERLOADED");

        assertThat(orderCalls()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE"})
    void a_write_is_sent_once_in_spite_of_any_failure(String method) {
        everyOrder(StubService.cutOff());
        order(method)
                .exchange()
                .expectStatus()
                .isEqualTo(502)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("BAD_GATEWAY");
        assertThat(orderCalls()).isEqualTo(1);

        everyOrder(StubService.problem(503, "OVERLOADED"));
        order(method).exchange().expectStatus().isEqualTo(503);
        assertThat(orderCalls()).isEqualTo(2);
    }

    @Test
    void a_service_that_is_down_is_an_honest_503() {
        WORLD.waitlist.stop();

        as(TestTokens.shopper())
                .get()
                .uri("/api/v1/waitlist-entries")
                .exchange()
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .valueEquals("Retry-After", "1")
                .expectHeader()
                .contentType("application/problem+json")
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("SERVICE_UNAVAILABLE");
    }

    @Test
    void a_service_that_says_nothing_is_a_504_and_is_asked_once() {
        everyOrder(StubService.silence());

        order("GET")
                .exchange()
                .expectStatus()
                .isEqualTo(504)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("GATEWAY_TIMEOUT");

        assertThat(orderCalls()).isEqualTo(1);
    }

    @Test
    void a_failure_without_an_explanation_gets_one() {
        everyOrder((_, response) ->
                response.status(500).header("X-Secret", "stack trace").sendString(Mono.just("boom")));

        order("POST")
                .exchange()
                .expectStatus()
                .isEqualTo(502)
                .expectHeader()
                .doesNotExist("X-Secret")
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("BAD_GATEWAY");
    }

    @Test
    void a_failing_service_is_left_alone_for_a_while_and_then_tried_again() {
        everyOrder(StubService.problem(500, "INTERNAL_ERROR"));
        for (var i = 0; i < 30; i++) {
            order("POST").exchange();
        }
        var calls = orderCalls();
        assertThat(calls).isLessThan(30);

        order("POST")
                .exchange()
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .valueEquals("Retry-After", "2")
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("SERVICE_UNAVAILABLE");
        assertThat(orderCalls()).isEqualTo(calls);

        everyOrder(StubService.json(200, "{}"));
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> order("POST").exchange().expectStatus().isOk());
    }

    @Test
    void a_stream_without_a_head_does_not_keep_a_tried_service_closed() {
        everyOrder(StubService.problem(500, "INTERNAL_ERROR"));
        for (var i = 0; i < 30; i++) order("POST").exchange();
        order("POST").exchange().expectStatus().isEqualTo(503);
        everyOrder(StubService.json(200, "{}"));
        for (var instance : List.of(WORLD.order, WORLD.otherOrder)) {
            instance.on("/api/v1/orders/1/events", StubService.silence());
        }

        var streams = Flux.range(0, 10)
                .flatMap(_ -> WebClient.create("http://127.0.0.1:" + port)
                        .get()
                        .uri("/api/v1/orders/1/events")
                        .headers(headers -> headers.setBearerAuth(TestTokens.shopper()))
                        .exchangeToMono(response -> response.releaseBody())
                        .onErrorComplete())
                .subscribe();
        try {
            await().until(() -> streamsSeen() == 10);
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> order("POST").exchange().expectStatus().isOk());
            for (var i = 0; i < 20; i++) order("POST").exchange().expectStatus().isOk();
        } finally {
            streams.dispose();
        }
    }

    @Test
    void a_sick_instance_is_left_out_and_the_healthy_one_goes_on() {
        bothAreCalled();
        WORLD.order.on("/api/v1/orders", StubService.problem(500, "INTERNAL_ERROR"));

        var passed = IntStream.range(0, 200)
                .filter(_ -> order("POST")
                        .exchange()
                        .returnResult(Void.class)
                        .getStatus()
                        .is2xxSuccessful())
                .count();

        assertThat(passed).isGreaterThan(180).isLessThan(200);
    }

    @Test
    void an_instance_that_hangs_is_left_out_and_the_healthy_one_goes_on() {
        bothAreCalled();
        WORLD.order.on("/api/v1/orders", StubService.silence());
        var statuses = Flux.range(0, 40)
                .flatMap(_ -> Mono.fromCallable(() -> order("POST")
                                .exchange()
                                .returnResult(Void.class)
                                .getStatus()
                                .value())
                        .subscribeOn(Schedulers.boundedElastic()))
                .collectList()
                .block();
        assertThat(statuses).contains(504).doesNotContain(503);

        var before = WORLD.order.seen().size();
        for (var i = 0; i < 20; i++) order("POST").exchange().expectStatus().isOk();
        assertThat(WORLD.order.seen().size() - before).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 409, 500, 502})
    void failures_that_one_client_provokes_close_the_service_for_no_other(int status) {
        everyOrder((request, response) -> request.uri().contains("bad")
                ? StubService.problem(status, "INTERNAL_ERROR").to(request, response)
                : StubService.json(200, "{}").to(request, response));
        var token = TestTokens.shopper(UUID.randomUUID());

        for (var i = 0; i < 90; i++) {
            as(token).post().uri("/api/v1/orders?bad").exchange().expectStatus().isEqualTo(status);
        }

        for (var i = 0; i < 10; i++) order("POST").exchange().expectStatus().isOk();
    }

    @Test
    void an_order_goes_to_the_other_instance_when_no_connection_can_be_made() {
        WORLD.order.stop();

        for (var i = 0; i < 10; i++) order("POST").exchange().expectStatus().isOk();
    }

    @Test
    void the_catalog_answers_from_memory_while_its_service_is_down() {
        var path = "/api/v1/sales/" + UUID.randomUUID();
        for (var catalog : List.of(WORLD.catalog, WORLD.otherCatalog)) {
            catalog.on(path, StubService.json(200, "{\"price\":1}"));
        }
        client.get().uri(path).exchange().expectStatus().isOk().expectHeader().doesNotExist("X-Served-From");
        WORLD.catalog.stop();
        WORLD.otherCatalog.stop();

        for (var i = 0; i < 30; i++) {
            client.get()
                    .uri(path)
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectHeader()
                    .valueEquals("X-Served-From", "cache")
                    .expectHeader()
                    .exists("Age")
                    .expectHeader()
                    .valueEquals("Warning", "110 - \"Response is Stale\"")
                    .expectBody()
                    .json("{\"price\":1}");
        }
        client.get().uri(path + "?other").exchange().expectStatus().isEqualTo(503);
    }

    @Test
    void the_catalog_answers_from_memory_while_its_service_fails() {
        var path = "/api/v1/products/" + UUID.randomUUID();
        client.get().uri(path).exchange().expectStatus().isOk();
        for (var catalog : List.of(WORLD.catalog, WORLD.otherCatalog)) {
            catalog.on(path, StubService.problem(500, "INTERNAL_ERROR"));
        }

        client.get().uri(path).exchange().expectStatus().isOk().expectHeader().valueEquals("X-Served-From", "cache");
    }

    private WebTestClient.RequestHeadersSpec<?> order(String method) {
        return as(TestTokens.shopper())
                .method(HttpMethod.valueOf(method))
                .uri("/api/v1/orders")
                .bodyValue("{}");
    }

    private static void everyOrder(StubService.Answer answer) {
        WORLD.order.on("/api/v1/orders", answer);
        WORLD.otherOrder.on("/api/v1/orders", answer);
    }

    /** An instance that refused a connection in an earlier test is left out for some seconds. */
    private void bothAreCalled() {
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            order("POST").exchange();
            return !WORLD.order.seen().isEmpty() && !WORLD.otherOrder.seen().isEmpty();
        });
    }

    private static int streamsSeen() {
        return WORLD.order.seen("/api/v1/orders/1/events").size()
                + WORLD.otherOrder.seen("/api/v1/orders/1/events").size();
    }

    private static int orderCalls() {
        return WORLD.order.seen().size() + WORLD.otherOrder.seen().size();
    }
}
