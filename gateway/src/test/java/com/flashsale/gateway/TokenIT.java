package com.flashsale.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class TokenIT extends GatewayIT {

    private static final String[] PATHS = {"/api/v1/orders", "/api/v1/sales", "/", "/oauth2/token", "/nothing"};

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/orders",
                "/api/v1/orders/1",
                "/api/v1/waitlist-entries",
                "/api/v1/sales/1/queue-tickets/mine",
                "/api/v1/accounts/me",
                "/api/v1/signing-keys"
            })
    void a_closed_path_asks_for_a_token(String path) {
        client.get()
                .uri(path)
                .exchange()
                .expectAll(problem(401, "UNAUTHORIZED"))
                .expectHeader()
                .valueEquals("WWW-Authenticate", "Bearer");
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void a_token_that_is_not_genuine_is_refused_on_every_path(String what, String token) {
        for (var path : PATHS) {
            as(token)
                    .get()
                    .uri(path)
                    .exchange()
                    .expectAll(problem(401, "UNAUTHORIZED"))
                    .expectHeader()
                    .valueEquals("WWW-Authenticate", "Bearer error=\"invalid_token\"");
        }
        assertThat(WORLD.order.seen()).isEmpty();
        assertThat(WORLD.catalog.seen()).isEmpty();
    }

    static Stream<Arguments> forgeries() throws Exception {
        return ForgedTokens.all().entrySet().stream().map(one -> Arguments.of(one.getKey(), one.getValue()));
    }

    @Test
    void a_genuine_token_reaches_the_service_as_it_is() {
        var token = TestTokens.shopper();

        as(token)
                .get()
                .uri("/api/v1/waitlist-entries")
                .exchange()
                .expectStatus()
                .isOk();

        assertThat(WORLD.waitlist.seen().getFirst().headers().get("Authorization"))
                .isEqualTo("Bearer " + token);
    }

    @Test
    void two_authorizations_are_none() {
        client.get()
                .uri("/api/v1/orders")
                .header("Authorization", "Bearer " + TestTokens.shopper(), "Bearer " + TestTokens.shopper())
                .exchange()
                .expectStatus()
                .isUnauthorized();
    }

    @Test
    void a_clients_own_credentials_pass_to_the_token_endpoint() {
        client.post()
                .uri("/oauth2/token")
                .headers(headers -> headers.setBasicAuth("operator", "secret"))
                .exchange()
                .expectStatus()
                .isOk();

        assertThat(WORLD.auth.seen("/oauth2/token")).hasSize(1);
    }

    @Test
    void tokens_count_on_while_auth_service_is_down() {
        as(TestTokens.shopper())
                .get()
                .uri("/api/v1/orders")
                .exchange()
                .expectStatus()
                .isOk();
        WORLD.auth.stop();

        as(TestTokens.shopper())
                .get()
                .uri("/api/v1/orders")
                .exchange()
                .expectStatus()
                .isOk();
    }

    @Test
    void ten_thousand_unknown_keys_cause_two_fetches_at_most() {
        var before = WORLD.auth.seen("/oauth2/jwks").size();
        var stranger = TestTokens.key("stranger");
        var claims = TestTokens.signed(stranger, TestTokens.header(stranger).build(), _ -> {})
                .split("\\.");

        Flux.range(0, 10_000)
                .flatMap(
                        i -> {
                            var header = "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"%s\"}"
                                    .formatted(UUID.randomUUID());
                            var token = ForgedTokens.encoded(header) + "." + claims[1] + "." + claims[2];
                            return status(token);
                        },
                        64)
                .doOnNext(status -> assertThat(status).isIn(401, 429))
                .blockLast();

        assertThat(WORLD.auth.seen("/oauth2/jwks").size() - before).isLessThanOrEqualTo(2);
    }

    private Mono<Integer> status(String token) {
        return WebClient.create("http://127.0.0.1:" + port)
                .get()
                .uri("/api/v1/orders")
                .header("Authorization", "Bearer " + token)
                .header("X-Forwarded-For", address)
                .exchangeToMono(response ->
                        response.releaseBody().thenReturn(response.statusCode().value()));
    }
}
