package com.flashsale.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;

class QueueIT extends GatewayIT {

    private final String path = "/api/v1/sales/" + UUID.randomUUID() + "/queue";

    @Test
    void a_crowd_costs_the_service_one_call_a_second() {
        WORLD.waitlist.on(path, StubService.json(200, "{\"state\":\"OPEN\"}"));
        var http = WebClient.create("http://127.0.0.1:" + port);
        var begun = System.nanoTime();
        // from now on there is an old response for callers that a slow service would keep waiting
        client.get().uri(path).exchange().expectStatus().isOk();

        var answers = Flux.range(0, 10_000)
                .flatMap(
                        _ -> http.get()
                                .uri(path)
                                .header("X-Forwarded-For", someAddress())
                                .retrieve()
                                .bodyToMono(String.class),
                        200)
                .collectList()
                .block(Duration.ofSeconds(120));
        var seconds = (System.nanoTime() - begun) / 1e9;

        assertThat(answers).hasSize(10_000).containsOnly("{\"state\":\"OPEN\"}");
        assertThat(WORLD.waitlist.seen(path).size()).isBetween(1, (int) seconds + 1);
    }

    @Test
    void it_says_how_old_it_is_and_may_be_cached_for_a_second() {
        client.get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("Cache-Control", "public, max-age=1")
                .expectHeader()
                .valueEquals("Age", "0")
                .expectHeader()
                .contentType("application/json");
    }

    @Test
    void a_sale_that_does_not_exist_costs_one_call_a_second_too() {
        WORLD.waitlist.on(path, StubService.problem(404, "NOT_FOUND"));

        for (var i = 0; i < 20; i++) {
            client.get().uri(path).exchange().expectAll(problem(404, "SALE_NOT_FOUND"));
        }

        assertThat(WORLD.waitlist.seen(path).size()).isLessThanOrEqualTo(3);
    }

    @Test
    void a_malformed_sale_id_costs_nothing() {
        client.get()
                .uri("/api/v1/sales/no-sale/queue")
                .exchange()
                .expectStatus()
                .isNotFound();

        assertThat(WORLD.waitlist.seen()).isEmpty();
    }

    @Test
    void an_old_answer_is_given_while_the_service_is_down_and_then_the_truth() {
        client.get().uri(path).exchange().expectStatus().isOk();
        WORLD.waitlist.stop();

        var ages = Flux.interval(Duration.ZERO, Duration.ofMillis(250))
                .onBackpressureDrop()
                .concatMap(_ -> WebClient.create("http://127.0.0.1:" + port)
                        .get()
                        .uri(path)
                        .header("X-Forwarded-For", address)
                        .exchangeToMono(response -> response.releaseBody().thenReturn(response)))
                .doOnNext(response -> assertThat(response.statusCode().value()).isIn(200, 503))
                .takeUntil(response -> response.statusCode().value() == 503)
                .take(Duration.ofSeconds(20))
                .filter(response -> response.statusCode().is2xxSuccessful())
                .map(response -> Long.parseLong(response.headers().header("Age").getFirst()))
                .collectList()
                .block(Duration.ofSeconds(60));

        assertThat(ages).isSorted().last().satisfies(age -> assertThat(age).isBetween(5L, 9L));
    }

    @Test
    void a_service_that_hangs_delays_no_caller_while_there_is_an_old_answer() {
        client.get().uri(path).exchange().expectStatus().isOk();
        WORLD.waitlist.on(path, StubService.silence());

        var slowest = Flux.interval(Duration.ofMillis(100))
                .onBackpressureDrop()
                .take(20)
                .concatMap(_ -> WebClient.create("http://127.0.0.1:" + port)
                        .get()
                        .uri(path)
                        .header("X-Forwarded-For", address)
                        .retrieve()
                        .toBodilessEntity()
                        .elapsed())
                .reduce(0L, (most, timed) -> Math.max(most, timed.getT1()))
                .block(Duration.ofSeconds(60));

        // well under the two seconds that the service is given
        assertThat(slowest).isLessThan(1_500);
    }

    private static String someAddress() {
        return "10.50.%d.%d"
                .formatted(
                        ThreadLocalRandom.current().nextInt(250),
                        ThreadLocalRandom.current().nextInt(250));
    }
}
