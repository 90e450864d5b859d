package com.flashsale.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class CircuitBreakerIT extends OrderCalls {

    @Test
    void a_failing_service_is_left_alone_for_a_while_and_then_tried_again() {
        everyOrder(StubService.problem(500, "INTERNAL_ERROR"));
        untilLeftAlone();

        everyOrder(StubService.json(200, "{}"));
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> order("POST").exchange().expectStatus().isOk());
    }

    @Test
    void a_stream_without_a_head_does_not_keep_a_tried_service_closed() {
        everyOrder(StubService.problem(500, "INTERNAL_ERROR"));
        untilLeftAlone();
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

        var begun = System.nanoTime();
        var passed = IntStream.range(0, 200)
                .filter(_ -> order("POST")
                        .exchange()
                        .returnResult(Void.class)
                        .getStatus()
                        .is2xxSuccessful())
                .count();

        assertThat(passed).isBetween(200 - mostFailures(Duration.ofNanos(System.nanoTime() - begun)), 199L);
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

        // five calls take less than the two seconds after which probes begin
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            var before = WORLD.order.seen().size();
            for (var i = 0; i < 5; i++) order("POST").exchange().expectStatus().isOk();
            assertThat(WORLD.order.seen()).hasSize(before);
        });
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

    /** Calls both instances until a call is refused without reaching one of them. */
    private void untilLeftAlone() {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(10))
                .untilAsserted(() -> {
                    var calls = orderCalls();
                    order("POST")
                            .exchange()
                            .expectAll(problem(503, "SERVICE_UNAVAILABLE"))
                            .expectHeader()
                            .valueEquals("Retry-After", "2");
                    assertThat(orderCalls()).isEqualTo(calls);
                });
    }

    /** An instance that refused a connection in an earlier test is left out for some seconds. */
    private void bothAreCalled() {
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            order("POST").exchange();
            return !WORLD.order.seen().isEmpty() && !WORLD.otherOrder.seen().isEmpty();
        });
    }

    /**
     * Ten calls open the breaker, and every two seconds five probes may fail. So a slow machine sees more failures in
     * the same 200 calls.
     */
    private static long mostFailures(Duration passed) {
        return 10 + 5 * (1 + passed.toSeconds() / 2);
    }

    private static int streamsSeen() {
        return WORLD.order.seen("/api/v1/orders/1/events").size()
                + WORLD.otherOrder.seen("/api/v1/orders/1/events").size();
    }
}
