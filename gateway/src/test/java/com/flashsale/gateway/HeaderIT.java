package com.flashsale.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.platform.token.VerifiedTokenStamp;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderIT extends GatewayIT {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/orders",
                "/api/v1/waitlist-entries",
                "/api/v1/products",
                "/login",
                "/api/v1/orders/1/events"
            })
    void a_service_never_sees_what_could_be_taken_for_our_word(String path) {
        as(TestTokens.shopper())
                .get()
                .uri(path)
                .header("X-User-Id", "admin")
                .header("X-User-Roles", "operator")
                .header("x-load-test", "yes")
                .header("X-Token-Proof", "test.1.forged")
                .header("X-Real-IP", "1.2.3.4")
                .header("Forwarded", "for=1.2.3.4")
                .header("X-Forwarded-Prefix", "/internal")
                .header("baggage", "name=Ada")
                .exchange()
                .expectStatus()
                .isOk();

        var headers = all().getFirst().headers();
        assertThat(headers.names().stream().map(String::toLowerCase))
                .doesNotContain(
                        "x-user-id",
                        "x-user-roles",
                        "x-load-test",
                        "x-real-ip",
                        "forwarded",
                        "x-forwarded-prefix",
                        "baggage");
        assertThat(headers.getAll("X-Forwarded-For")).containsExactly(address);
        assertThat(headers.getAll("X-Forwarded-Proto")).containsExactly("http");
    }

    @Test
    void a_service_is_told_that_the_token_was_checked_and_never_by_the_client() {
        var token = TestTokens.shopper();
        as(token)
                .get()
                .uri("/api/v1/orders")
                .header("X-Token-Proof", "test.1.forged")
                .exchange()
                .expectStatus()
                .isOk();
        var stamps = all().getFirst().headers().getAll("X-Token-Proof");
        assertThat(stamps).hasSize(1);
        assertThat(new VerifiedTokenStamp(PROOF_KEYS, InstantSource.system()).isValid(stamps.getFirst(), token))
                .isTrue();
    }

    @Test
    void of_a_caller_without_a_token_nothing_is_said() {
        client.get()
                .uri("/api/v1/products")
                .header("X-Token-Proof", "test.1.forged")
                .exchange()
                .expectStatus()
                .isOk();
        assertThat(catalogs().getFirst().headers().contains("X-Token-Proof")).isFalse();
    }

    static Stream<Object> scopesOfATester() {
        return Stream.of("shop load-test", List.of("load-test"));
    }

    @ParameterizedTest
    @MethodSource("scopesOfATester")
    void the_name_of_a_load_test_comes_through_from_a_caller_that_may_run_one(Object scope) {
        var header = TestTokens.header(TestTokens.KEY).build();
        as(TestTokens.signed(TestTokens.KEY, header, claims -> claims.claim("scope", scope)))
                .get()
                .uri("/api/v1/orders")
                .header("X-Load-Test", "evening-1")
                .exchange()
                .expectStatus()
                .isOk();
        assertThat(all().getFirst().headers().getAll("X-Load-Test")).containsExactly("evening-1");
    }

    @Test
    void a_cookie_goes_to_the_sign_in_pages_only() {
        client.get()
                .uri("/login")
                .cookie("SESSION", "abc")
                .exchange()
                .expectStatus()
                .isOk();
        client.get()
                .uri("/api/v1/products")
                .cookie("SESSION", "abc")
                .exchange()
                .expectStatus()
                .isOk();

        assertThat(WORLD.auth.seen("/login").getFirst().headers().get("Cookie")).isEqualTo("SESSION=abc");
        assertThat(catalogs().getFirst().headers().contains("Cookie")).isFalse();
    }

    @Test
    void from_a_trusted_proxy_the_nearest_untrusted_hop_is_the_client() {
        client.get()
                .uri("/login")
                .headers(headers -> headers.set("X-Forwarded-For", "6.6.6.6, 10.9.9.9, 127.0.0.1"))
                .header("X-Forwarded-Proto", "https")
                .exchange()
                .expectHeader()
                .exists("Strict-Transport-Security");

        var headers = WORLD.auth.seen("/login").getFirst().headers();
        assertThat(headers.get("X-Forwarded-For")).isEqualTo("10.9.9.9");
        assertThat(headers.get("X-Forwarded-Proto")).isEqualTo("https");
        assertThat(headers.get("X-Forwarded-Port")).isEqualTo(Integer.toString(port));
    }

    private static List<StubService.Seen> all() {
        return Stream.of(WORLD.auth, WORLD.catalog, WORLD.otherCatalog, WORLD.waitlist, WORLD.order, WORLD.otherOrder)
                .flatMap(stand -> stand.seen().stream())
                .filter(seen -> !seen.uri().equals("/oauth2/jwks"))
                .toList();
    }

    private static List<StubService.Seen> catalogs() {
        return Stream.of(WORLD.catalog, WORLD.otherCatalog)
                .flatMap(stand -> stand.seen().stream())
                .toList();
    }
}
