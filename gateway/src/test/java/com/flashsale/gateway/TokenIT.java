package com.flashsale.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
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

    private static final ECKey KEY = TestTokens.KEY;
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
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .valueEquals("WWW-Authenticate", "Bearer")
                .expectHeader()
                .contentType("application/problem+json")
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("UNAUTHORIZED");
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void a_token_that_is_not_genuine_is_refused_on_every_path(String what, String token) {
        for (var path : PATHS) {
            as(token)
                    .get()
                    .uri(path)
                    .exchange()
                    .expectStatus()
                    .isUnauthorized()
                    .expectHeader()
                    .valueEquals("WWW-Authenticate", "Bearer error=\"invalid_token\"")
                    .expectBody()
                    .jsonPath("$.code")
                    .isEqualTo("UNAUTHORIZED");
        }
        assertThat(WORLD.order.seen()).isEmpty();
        assertThat(WORLD.catalog.seen()).isEmpty();
    }

    static Stream<Arguments> forgeries() throws Exception {
        var corpus = new LinkedHashMap<String, String>();
        var other = TestTokens.key(KEY.getKeyID());
        var header = TestTokens.header(KEY).build();
        corpus.put("rubbish", "rubbish");
        corpus.put("three empty parts", "..");
        corpus.put("no algorithm", new PlainJWT(TestTokens.claims(_ -> {})).serialize());
        corpus.put("algorithm none, our type", withHeader("{\"alg\":\"none\",\"typ\":\"at+jwt\",\"kid\":\"key-1\"}"));
        corpus.put("algorithm None", withHeader("{\"alg\":\"None\",\"typ\":\"at+jwt\",\"kid\":\"key-1\"}"));
        corpus.put("public key as a secret", signedWithThePublicKey());
        corpus.put("another key under our id", TestTokens.signed(other, header, _ -> {}));
        corpus.put(
                "an unknown key",
                TestTokens.signed(
                        other, TestTokens.header(TestTokens.key("key-9")).build(), _ -> {}));
        corpus.put(
                "a key id that is a path",
                TestTokens.signed(
                        other, TestTokens.header(KEY).keyID("../../key").build(), _ -> {}));
        corpus.put(
                "a key brought along",
                TestTokens.signed(
                        other, TestTokens.header(KEY).jwk(other.toPublicJWK()).build(), _ -> {}));
        corpus.put(
                "a key elsewhere",
                TestTokens.signed(
                        other,
                        TestTokens.header(KEY)
                                .jwkURL(new URI("http://127.0.0.1:1/jwks"))
                                .build(),
                        _ -> {}));
        corpus.put(
                "an ID token",
                TestTokens.signed(
                        KEY, TestTokens.header(KEY).type(JOSEObjectType.JWT).build(), _ -> {}));
        corpus.put(
                "no type",
                TestTokens.signed(KEY, TestTokens.header(KEY).type(null).build(), _ -> {}));
        corpus.put(
                "an admission",
                TestTokens.signed(
                        KEY,
                        TestTokens.header(KEY)
                                .type(new JOSEObjectType("admission+jwt"))
                                .build(),
                        _ -> {}));
        corpus.put("another audience", TestTokens.signed(KEY, header, claims -> claims.audience("elsewhere")));
        corpus.put("no audience", TestTokens.signed(KEY, header, claims -> claims.audience((String) null)));
        corpus.put("another issuer", TestTokens.signed(KEY, header, claims -> claims.issuer("http://evil.example")));
        corpus.put(
                "expired",
                TestTokens.signed(
                        KEY,
                        header,
                        claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(31)))));
        corpus.put("no expiry", TestTokens.signed(KEY, header, claims -> claims.expirationTime(null)));
        corpus.put(
                "not valid yet",
                TestTokens.signed(
                        KEY,
                        header,
                        claims -> claims.notBeforeTime(Date.from(Instant.now().plusSeconds(60)))));
        corpus.put("no subject", TestTokens.signed(KEY, header, claims -> claims.subject(null)));
        corpus.put("changed claims", changed(TestTokens.shopper()));
        corpus.put("very long", "e".repeat(5000));
        return corpus.entrySet().stream().map(one -> Arguments.of(one.getKey(), one.getValue()));
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
                            var token = encoded(header) + "." + claims[1] + "." + claims[2];
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

    private static String signedWithThePublicKey() throws Exception {
        var secret = KEY.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);
        var header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(KEY.getKeyID())
                .build();
        var jwt = new SignedJWT(header, TestTokens.claims(_ -> {}));
        jwt.sign(new MACSigner(secret));
        return jwt.serialize();
    }

    private static String withHeader(String header) {
        return encoded(header) + "." + encoded(TestTokens.claims(_ -> {}).toString()) + ".";
    }

    private static String changed(String token) {
        var parts = token.split("\\.");
        var claims = new String(Base64URL.from(parts[1]).decode(), StandardCharsets.UTF_8).replace("shop", "operator");
        return parts[0] + "." + encoded(claims) + "." + parts[2];
    }

    private static String encoded(String text) {
        return Base64URL.encode(text).toString();
    }
}
