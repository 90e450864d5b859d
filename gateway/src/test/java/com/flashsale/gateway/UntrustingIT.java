package com.flashsale.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.engines.RedisEngine;
import com.flashsale.engines.ThrowawayEngines;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A gateway with its defaults: it trusts no proxy. It has a Redis of its own, which may fail. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
class UntrustingIT {

    private static final World WORLD = new World();
    private static final ThrowawayEngines ENGINES = new ThrowawayEngines();
    private static final Duration START = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @LocalServerPort
    int port;

    @Autowired
    MeterRegistry meters;

    @DynamicPropertySource
    static void world(DynamicPropertyRegistry properties) {
        WORLD.describe(properties);
        World.describe(properties, redis());
    }

    @AfterAll
    static void end() {
        ENGINES.close();
    }

    @Test
    void without_an_address_there_is_no_way_to_a_control_room() {
        assertThat(status("/control/", null).block(PATIENCE)).isEqualTo(404);
    }

    @Test
    void ten_thousand_invented_addresses_are_one_client() {
        var begun = System.nanoTime();
        var passed = Flux.range(0, 10_000)
                .flatMap(_ -> status("/api/v1/products", null), 64)
                .filter(status -> status == 200)
                .count()
                .block(PATIENCE);
        var seconds = (System.nanoTime() - begun) / 1e9;

        assertThat(passed).isBetween(400L, 401 + Math.round(200 * seconds));
    }

    @Test
    void without_redis_the_limits_stay_and_no_request_waits() {
        var token = TestTokens.shopper(UUID.randomUUID());
        redis().kill();
        try {
            var begun = System.nanoTime();
            var answers = Flux.range(0, 1000)
                    .flatMap(_ -> status("/api/v1/orders", token), 32)
                    .collectList()
                    .block();
            var seconds = (System.nanoTime() - begun) / 1e9;

            assertThat(answers).containsOnly(200, 429);
            assertThat(answers.stream().filter(status -> status == 200).count())
                    .isBetween(100L, 101 + Math.round(50 * seconds));
            assertThat(slowest(token)).isLessThan(Duration.ofMillis(1000));
        } finally {
            redis().start(START);
        }
        await().atMost(START).until(() -> decidedByRedis(token));
    }

    @Test
    void a_redis_that_hangs_costs_each_request_little() throws Exception {
        var token = TestTokens.shopper(UUID.randomUUID());
        signal("-STOP");
        try {
            var answers = Flux.range(0, 50)
                    .concatMap(_ -> status("/api/v1/orders", token))
                    .collectList();

            assertThat(answers.block(Duration.ofSeconds(5))).containsOnly(200);
        } finally {
            signal("-CONT");
        }
        await().atMost(START).until(() -> decidedByRedis(token));
    }

    private Duration slowest(String token) {
        return Flux.range(0, 20)
                .concatMap(_ -> status("/api/v1/orders", token).elapsed())
                .map(timed -> Duration.ofMillis(timed.getT1()))
                .reduce((one, other) -> one.compareTo(other) > 0 ? one : other)
                .block();
    }

    private boolean decidedByRedis(String token) {
        var before = meters.counter("gateway.limit.local").count();
        status("/api/v1/orders", token).block();
        return meters.counter("gateway.limit.local").count() == before;
    }

    private Mono<Integer> status(String path, String token) {
        var random = ThreadLocalRandom.current();
        var invented = "%d.%d.%d.%d"
                .formatted(random.nextInt(1, 255), random.nextInt(255), random.nextInt(255), random.nextInt(255));
        return WebClient.create("http://127.0.0.1:" + port)
                .get()
                .uri(path)
                .header("X-Forwarded-For", invented)
                .header("Forwarded", "for=" + invented)
                .header("X-Real-IP", invented)
                .headers(headers -> {
                    if (token != null) headers.setBearerAuth(token);
                })
                .exchangeToMono(response ->
                        response.releaseBody().thenReturn(response.statusCode().value()));
    }

    private static RedisEngine redis() {
        return ENGINES.redis();
    }

    private static void signal(String signal) throws Exception {
        new ProcessBuilder("kill", signal, Long.toString(redis().pid()))
                .inheritIO()
                .start()
                .waitFor();
    }
}
