package com.flashsale.load.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenCheckTest {

    private static final String ISSUER = "https://issuer.example";
    private static final String AUDIENCE = "shop";

    private final ECKey key = key();
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    private static ECKey key() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("one").generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String token(String audience) throws JOSEException {
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(new JOSEObjectType("at+jwt"))
                        .keyID("one")
                        .build(),
                new JWTClaimsSet.Builder()
                        .issuer(ISSUER)
                        .audience(audience)
                        .subject("ada")
                        .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                        .build());
        token.sign(new ECDSASigner(key));
        return token.serialize();
    }

    private List<String> check(List<String> tokens) throws Exception {
        var lines = new ArrayList<>(List.of(ISSUER, AUDIENCE, new JWKSet(key.toPublicJWK()).toString()));
        lines.addAll(tokens);
        TokenCheckProcess.run(
                new BufferedReader(new StringReader(String.join("\n", lines))),
                new PrintStream(output, true, StandardCharsets.UTF_8));
        return output.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void the_first_second_and_the_last_quarter_are_told_apart() throws Exception {
        var tokens = new ArrayList<String>();
        for (int i = 0; i < 8; i++) tokens.add(token(AUDIENCE));

        var results = TokenCheck.results(check(tokens));

        assertThat(results)
                .extracting(result -> result.name())
                .satisfiesExactly(
                        first -> assertThat(first).contains("first second"),
                        warm -> assertThat(warm).contains("warm"));
        assertThat(results).allSatisfy(result -> assertThat(result.rate()).isPositive());
        assertThat(results.getLast().note()).contains("2 tokens", "microseconds each");
    }

    @Test
    void one_token_is_both() throws Exception {
        assertThat(TokenCheck.results(check(List.of(token(AUDIENCE))))).hasSize(2);
    }

    @Test
    void a_token_that_a_gateway_would_refuse_is_no_measurement() {
        assertThatIllegalStateException()
                .isThrownBy(() -> check(List.of(token("another"))))
                .withMessageContaining("wrong audience");
    }

    @Test
    void no_token_is_no_measurement() {
        assertThatIllegalStateException().isThrownBy(() -> check(List.of()));
    }

    @Test
    void other_lines_of_a_jvm_are_not_read() {
        var results = TokenCheck.results(
                List.of("[warning] something", "token-check-by SunEC", "token-check 4 8000000 first second"));

        assertThat(results).singleElement().satisfies(result -> {
            assertThat(result.rate()).isCloseTo(2, within(0.001));
            assertThat(result.note()).contains("2000 microseconds", "SunEC");
        });
    }
}
