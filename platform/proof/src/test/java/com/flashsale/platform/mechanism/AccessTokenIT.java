package com.flashsale.platform.mechanism;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.platform.test.ServiceTest;
import com.flashsale.platform.test.TestTokens;
import com.flashsale.platform.token.VerifiedTokenStamp;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Tokens that must not open a door (RFC 8725), at a service that uses the platform's security as all do. */
@ServiceTest
class AccessTokenIT {

    static final Map<String, Object> CLAIMS = Map.of("sub", UUID.randomUUID().toString(), "scope", "shop");

    @LocalServerPort
    int port;

    /** The keys that this service shares with the gateway. */
    @Value("${platform.signed-tokens.keys}")
    String keys;

    VerifiedTokenStamp gateway;
    Http http;

    @BeforeEach
    void address() {
        http = new Http(port);
        gateway = new VerifiedTokenStamp(keys, InstantSource.system());
    }

    @Test
    void a_good_token_opens_what_its_scope_opens() {
        assertThat(status("/things", TestTokens.with(CLAIMS))).isEqualTo(405);
        assertThat(status("/machines", TestTokens.with(CLAIMS))).isEqualTo(403);
        assertThat(status("/things", TestTokens.operator())).isEqualTo(403);
    }

    @Test
    void a_path_that_no_rule_names_is_closed_to_all_callers() {
        assertThat(http.get("/internal", Map.of()).statusCode()).isEqualTo(401);
        assertThat(status("/internal", TestTokens.operator())).isEqualTo(403);
        assertThat(status("/actuator/health", TestTokens.operator())).isEqualTo(403);
    }

    @Test
    void a_token_of_another_issuer_audience_time_or_key_is_refused() {
        assertRefused(TestTokens.with(changed("iss", "http://evil.example")));
        assertRefused(TestTokens.with(changed("aud", List.of("another-platform"))));
        assertRefused(TestTokens.with(changed("exp", Instant.now().getEpochSecond() - 11)));
        assertRefused(TestTokens.with(changed("nbf", Instant.now().getEpochSecond() + 60)));
        assertRefused(TestTokens.forged(CLAIMS));
    }

    @Test
    void a_flood_of_unknown_keys_is_refused_one_like_the_other_and_locks_no_caller_out() {
        for (int i = 0; i < 5; i++) assertRefused(TestTokens.forged(CLAIMS));
        assertThat(status("/things", TestTokens.with(CLAIMS))).isEqualTo(405);
    }

    @Test
    void the_gateways_word_stands_for_the_signature_and_for_nothing_else() {
        var unsigned = TestTokens.forged(CLAIMS);
        assertThat(status("/things", unsigned, gateway.of(unsigned))).isEqualTo(405);

        for (var wrong : List.of(
                TestTokens.forged(changed("iss", "http://evil.example")),
                TestTokens.forged(changed("aud", List.of("another-platform"))),
                TestTokens.forged(changed("exp", Instant.now().getEpochSecond() - 11)))) {
            assertThat(status("/things", wrong, gateway.of(wrong))).isEqualTo(401);
        }
        var other = TestTokens.forged(CLAIMS);
        assertThat(status("/things", other, gateway.of(unsigned))).isEqualTo(401);
        assertThat(status("/things", other, "test.1.rubbish")).isEqualTo(401);
        assertThat(status("/machines", other, gateway.of(other)))
                .as("its scope is still its scope")
                .isEqualTo(403);
    }

    @Test
    void no_algorithm_but_es256_is_accepted() throws Exception {
        var parts = TestTokens.with(CLAIMS).split("\\.");
        var none = base64("{\"alg\":\"none\",\"typ\":\"at+jwt\"}");
        assertRefused(none + "." + parts[1] + ".");
        assertRefused(none + "." + parts[1] + "." + parts[2]);
        var published = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(TestTokens.jwksUri())).build(), BodyHandlers.ofByteArray())
                .body();
        assertRefused(signedWithThePublicKeyAsSecret(published));
    }

    @Test
    void a_token_of_another_type_is_no_access_token() {
        var parts = TestTokens.with(CLAIMS).split("\\.");
        var header = new String(Base64.getUrlDecoder().decode(parts[0]));
        assertRefused(base64(header.replace("at+jwt", "JWT")) + "." + parts[1] + "." + parts[2]);
        assertRefused("rubbish");
        assertRefused("a.b.c");
    }

    private static String signedWithThePublicKeyAsSecret(byte[] publicKey) throws Exception {
        var header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(new JOSEObjectType("at+jwt"))
                .build();
        var claims = new JWTClaimsSet.Builder()
                .issuer(TestTokens.ISSUER)
                .audience("flashsale")
                .subject("eve")
                .claim("scope", "shop operator")
                .build();
        var token = new SignedJWT(header, claims);
        token.sign(new MACSigner(publicKey));
        return token.serialize();
    }

    private static Map<String, Object> changed(String claim, Object value) {
        var claims = new java.util.HashMap<>(CLAIMS);
        claims.put(claim, value);
        return claims;
    }

    private void assertRefused(String token) {
        var answer = http.get("/things", Map.of("authorization", "Bearer " + token));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("www-authenticate"))
                .hasValueSatisfying(challenge -> assertThat(challenge).contains("invalid_token"));
        assertThat(answer.body()).contains("\"code\":\"UNAUTHORIZED\"");
    }

    private int status(String path, String token, String stamp) {
        return http.get(path, Map.of("authorization", "Bearer " + token, VerifiedTokenStamp.HEADER, stamp))
                .statusCode();
    }

    private int status(String path, String token) {
        return http.get(path, Map.of("authorization", "Bearer " + token)).statusCode();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes());
    }
}
