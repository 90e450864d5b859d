package com.flashsale.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Limits as in production: a customer 50 a second and 100 at once, an address 200 and 400, signing in 20 and 60. */
class RateLimitIT extends GatewayIT {

    @Autowired
    MeterRegistry meters;

    private record Answer(int status, HttpHeaders headers) {}

    @Test
    void a_customer_may_take_a_burst_and_then_the_rate() {
        var begun = System.nanoTime();
        var answers = fire(600, "/api/v1/waitlist-entries", HttpMethod.GET, TestTokens.shopper(UUID.randomUUID()));
        var seconds = (System.nanoTime() - begun) / 1e9;

        var passed = count(answers, 200);
        assertThat(passed).isBetween(100L, 101 + Math.round(50 * seconds));
        assertThat(count(answers, 429)).isEqualTo(600 - passed).isPositive();
    }

    @Test
    void a_refused_caller_learns_when_to_come_back() {
        var token = TestTokens.shopper();
        var refused = fire(400, "/api/v1/waitlist-entries", HttpMethod.GET, token).stream()
                .filter(answer -> answer.status() == 429)
                .findFirst()
                .orElseThrow();

        assertThat(refused.headers().getFirst("Retry-After")).isEqualTo("1");
        assertThat(refused.headers().getFirst("RateLimit-Policy")).isEqualTo("\"customer\";q=100;w=2");
        assertThat(refused.headers().getFirst("RateLimit")).isEqualTo("\"customer\";r=0;t=1");
        assertThat(refused.headers().getFirst("Content-Type")).isEqualTo("application/problem+json");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> as(token)
                        .get()
                        .uri("/api/v1/waitlist-entries")
                        .exchange()
                        .expectStatus()
                        .isOk());
    }

    @Test
    void one_customers_greed_costs_no_other_customer() {
        fire(300, "/api/v1/waitlist-entries", HttpMethod.GET, TestTokens.shopper());

        as(TestTokens.shopper())
                .get()
                .uri("/api/v1/waitlist-entries")
                .exchange()
                .expectStatus()
                .isOk();
    }

    @Test
    void a_customer_is_the_same_from_every_address_and_with_every_token() {
        var customer = UUID.randomUUID();
        var begun = System.nanoTime();
        var passed = 0L;
        for (var i = 0; i < 4; i++) {
            passed += count(
                    fire(
                            100,
                            "/api/v1/waitlist-entries",
                            HttpMethod.GET,
                            TestTokens.shopper(customer),
                            "10.200.0." + i),
                    200);
        }
        var seconds = (System.nanoTime() - begun) / 1e9;

        assertThat(passed).isLessThanOrEqualTo(101 + Math.round(50 * seconds));
    }

    @Test
    void redis_decides_while_it_can() {
        var before = meters.counter("gateway.limit.local").count();

        fire(50, "/api/v1/waitlist-entries", HttpMethod.GET, TestTokens.shopper());

        assertThat(meters.counter("gateway.limit.local").count() - before).isLessThan(50);
    }

    @Test
    void guessing_passwords_has_a_small_limit_of_its_own() {
        var answers = fire(200, "/login", HttpMethod.POST, null);

        assertThat(count(answers, 200)).isBetween(60L, 110L);
        client.get().uri("/login").exchange().expectStatus().isOk();
    }

    @Test
    void two_hundred_people_behind_one_address_renew_their_tokens_at_once() {
        for (var grant : List.of("refresh_token&refresh_token=", "authorization_code&code_verifier=v&code=")) {
            var answers = Flux.range(0, 200)
                    .flatMap(person -> token("grant_type=" + grant + person + "&client_id=storefront"), 32)
                    .collectList()
                    .block();
            assertThat(answers).containsOnly(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grant_type=client_credentials&client_id=operator&client_secret=guess",
                "grant_type=refresh_token&refresh_token=x&client_secret=guess",
                "grant_type=refresh_token&grant_type=client_credentials",
                ""
            })
    void guessing_a_clients_password_keeps_the_small_limit(String form) {
        var begun = System.nanoTime();
        var passed = Flux.range(0, 200)
                .flatMap(_ -> token(form), 32)
                .filter(status -> status == 200)
                .count()
                .block();
        var seconds = (System.nanoTime() - begun) / 1e9;

        assertThat(passed).isBetween(60L, 61 + Math.round(20 * seconds));
    }

    private Mono<Integer> token(String form) {
        return WebClient.create("http://127.0.0.1:" + port)
                .post()
                .uri("/oauth2/token")
                .header("X-Forwarded-For", address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .bodyValue(form)
                .exchangeToMono(response ->
                        response.releaseBody().thenReturn(response.statusCode().value()));
    }

    @Test
    void a_customer_polls_on_his_own_account_wherever_he_is() {
        var path = "/api/v1/sales/" + UUID.randomUUID() + "/queue";
        fire(500, path, HttpMethod.GET, null);

        assertThat(fire(20, path, HttpMethod.GET, TestTokens.shopper(UUID.randomUUID())))
                .extracting(Answer::status)
                .containsOnly(200);
    }

    @Test
    void invented_sales_are_asked_for_a_few_times_only() {
        var begun = System.nanoTime();
        var answers = Flux.range(0, 200)
                .concatMap(_ -> Flux.fromIterable(
                        fire(1, "/api/v1/sales/" + UUID.randomUUID() + "/queue", HttpMethod.GET, null)))
                .collectList()
                .block();

        var seconds = (System.nanoTime() - begun) / 1e9;

        assertThat(count(answers, 200)).isBetween(40L, 41 + Math.round(20 * seconds));
        assertThat(WORLD.waitlist.seen()).hasSize((int) count(answers, 200));
    }

    @Test
    void pages_are_counted_without_asking_redis() {
        var answers = fire(1000, "/", HttpMethod.GET, null);

        assertThat(count(answers, 200)).isBetween(400L, 999L);
        assertThat(answers.getFirst().headers().getFirst("RateLimit-Policy")).startsWith("\"address\"");
    }

    private List<Answer> fire(int times, String path, HttpMethod method, String token) {
        return fire(times, path, method, token, address);
    }

    private List<Answer> fire(int times, String path, HttpMethod method, String token, String from) {
        var http = WebClient.create("http://127.0.0.1:" + port);
        return Flux.range(0, times)
                .flatMap(
                        _ -> http.method(method)
                                .uri(path)
                                .header("X-Forwarded-For", from)
                                .headers(headers -> {
                                    if (token != null) headers.setBearerAuth(token);
                                })
                                .exchangeToMono(response -> response.releaseBody()
                                        .thenReturn(new Answer(
                                                response.statusCode().value(),
                                                response.headers().asHttpHeaders()))),
                        32)
                .collectList()
                .block();
    }

    private static long count(List<Answer> answers, int status) {
        return answers.stream().filter(answer -> answer.status() == status).count();
    }
}
