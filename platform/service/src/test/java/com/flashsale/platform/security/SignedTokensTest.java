package com.flashsale.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignedTokensTest {

    static final String OLD = "2026-10:" + key(1);
    static final String NEW = "2026-11:" + key(2);
    static final Map<String, Object> CLAIMS = Map.of("sale", "s1", "sub", "c1");

    final SignedTokens tokens = new SignedTokens(NEW + "," + OLD);

    @Test
    void a_signed_token_is_verified() {
        var token = tokens.sign("ticket+jwt", CLAIMS);
        assertThat(tokens.verify("ticket+jwt", token))
                .hasValueSatisfying(
                        claims -> assertThat(claims).containsEntry("sale", "s1").containsEntry("sub", "c1"));
    }

    @Test
    void one_kind_cannot_pass_for_another() {
        assertThat(tokens.verify("admission+jwt", tokens.sign("ticket+jwt", CLAIMS)))
                .isEmpty();
    }

    @Test
    void a_token_of_the_previous_key_is_still_verified_and_one_of_a_removed_key_is_not() {
        var old = new SignedTokens(OLD).sign("ticket+jwt", CLAIMS);
        assertThat(tokens.verify("ticket+jwt", old)).isPresent();
        assertThat(new SignedTokens(NEW).verify("ticket+jwt", old)).isEmpty();
    }

    @Test
    void a_changed_token_is_not_ours() {
        var parts = tokens.sign("ticket+jwt", CLAIMS).split("\\.");
        var forgedClaims = Base64.getUrlEncoder().withoutPadding().encodeToString("{\"sub\":\"c2\"}".getBytes());
        assertThat(tokens.verify("ticket+jwt", parts[0] + "." + forgedClaims + "." + parts[2]))
                .isEmpty();
        var none = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\",\"typ\":\"ticket+jwt\",\"kid\":\"2026-11\"}".getBytes());
        assertThat(tokens.verify("ticket+jwt", none + "." + parts[1] + ".")).isEmpty();
    }

    @Test
    void another_algorithm_with_the_right_key_is_refused() throws Exception {
        var header = new JWSHeader.Builder(JWSAlgorithm.HS512)
                .type(new JOSEObjectType("ticket+jwt"))
                .keyID("long")
                .build();
        var longKey = Base64.getEncoder().encodeToString(new byte[64]);
        var token = new JWSObject(header, new Payload(CLAIMS));
        token.sign(new MACSigner(new byte[64]));
        assertThat(new SignedTokens("long:" + longKey).verify("ticket+jwt", token.serialize()))
                .isEmpty();
    }

    @Test
    void rubbish_is_no_token() {
        assertThat(tokens.verify("ticket+jwt", null)).isEmpty();
        assertThat(tokens.verify("ticket+jwt", "")).isEmpty();
        assertThat(tokens.verify("ticket+jwt", "a.b.c")).isEmpty();
        assertThat(tokens.verify("ticket+jwt", "x".repeat(100_000))).isEmpty();
    }

    @Test
    void short_or_missing_keys_stop_the_start() {
        assertThatThrownBy(() -> new SignedTokens("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SignedTokens("a:" + Base64.getEncoder().encodeToString(new byte[16])))
                .hasMessageContaining("shorter than 32 bytes");
    }

    private static String key(int fill) {
        var bytes = new byte[32];
        java.util.Arrays.fill(bytes, (byte) fill);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
