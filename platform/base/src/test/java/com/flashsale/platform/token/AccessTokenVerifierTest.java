package com.flashsale.platform.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.flashsale.platform.token.AccessTokenVerifier.Genuine;
import com.flashsale.platform.token.AccessTokenVerifier.Refused;
import com.flashsale.platform.token.AccessTokenVerifier.Result;
import com.flashsale.platform.token.AccessTokenVerifier.UnknownKey;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The forgeries of RFC 8725 and their relatives, one row each. */
class AccessTokenVerifierTest {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    private static final Duration SKEW = Duration.ofSeconds(30);
    private static final ECKey KEY = key("key-1");
    private static final ECKey OTHER = key("key-1");
    private static final VerificationKeys KEYS = published(KEY);

    private final AccessTokenVerifier verifier = new AccessTokenVerifier("http://issuer.example", "flashsale", SKEW);

    @Test
    void a_genuine_token_says_who_may_do_what_until_when() {
        var token = signed(KEY, header(_ -> {}), claims(claims -> claims.claim("scope", "openid shop")));

        var genuine = (Genuine) verifier.verify(token, KEYS, NOON);

        assertThat(genuine.keyId()).isEqualTo("key-1");
        assertThat(genuine.claims().getSubject()).isEqualTo("ada");
        assertThat(genuine.countsUntil()).isEqualTo(NOON.plusSeconds(60).plus(SKEW));
        assertThat(genuine.hasScope("shop")).isTrue();
        assertThat(genuine.hasScope("sho")).isFalse();
    }

    @Test
    void scopes_may_be_a_list() {
        var token = signed(KEY, header(_ -> {}), claims(claims -> claims.claim("scope", List.of("shop", "operator"))));

        var genuine = (Genuine) verifier.verify(token, KEYS, NOON);

        assertThat(genuine.hasScope("operator")).isTrue();
        assertThat(genuine.hasScope("admin")).isFalse();
    }

    @Test
    void the_clock_skew_is_a_half_open_interval() {
        var token = signed(KEY, header(_ -> {}), claims(claims -> claims.notBeforeTime(Date.from(NOON))));
        var end = NOON.plusSeconds(60).plus(SKEW);

        assertThat(verifier.verify(token, KEYS, NOON.minus(SKEW))).isInstanceOf(Genuine.class);
        assertThat(verifier.verify(token, KEYS, NOON.minus(SKEW).minusMillis(1)))
                .isEqualTo(refused("not valid yet"));
        assertThat(verifier.verify(token, KEYS, end.minusMillis(1))).isInstanceOf(Genuine.class);
        assertThat(verifier.verify(token, KEYS, end)).isEqualTo(refused("expired"));
    }

    @ParameterizedTest
    @MethodSource("rubbish")
    @MethodSource("wrongKeys")
    @MethodSource("wrongTypes")
    @MethodSource("wrongClaims")
    void a_forgery_is_refused_for_its_fault(String what, String token, Result expected) {
        assertThat(verifier.verify(token, KEYS, NOON)).as(what).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("rubbish")
    @MethodSource("wrongTypes")
    @MethodSource("wrongClaims")
    void a_verified_signature_does_not_excuse_another_fault(String what, String token, Result expected) {
        assertThat(verifier.verifyWithoutSignature(token, NOON)).as(what).isEqualTo(expected);
    }

    @Test
    void a_verified_signature_is_not_verified_again() {
        var token = signed(OTHER, header(_ -> {}), claims(_ -> {}));

        assertThat(verifier.verifyWithoutSignature(token, NOON)).isInstanceOf(Genuine.class);
    }

    @Test
    void keys_for_other_uses_are_not_published_keys() throws Exception {
        var encryption = new ECKey.Builder(KEY)
                .keyID("encryption")
                .keyUse(KeyUse.ENCRYPTION)
                .build();
        var keys = VerificationKeys.parse(new JWKSet(List.of(KEY.toPublicJWK(), encryption.toPublicJWK())).toString());

        assertThat(keys.has("key-1")).isTrue();
        assertThat(keys.has("encryption")).isFalse();
    }

    static Stream<Arguments> rubbish() {
        var claims = claims(_ -> {}).toString();
        return Stream.of(
                arguments("rubbish", "rubbish", refused("not a signed token")),
                arguments("empty parts", "..", refused("not a signed token")),
                arguments("no algorithm", new PlainJWT(claims(_ -> {})).serialize(), refused("not a signed token")),
                arguments("algorithm none", unsigned("none", claims), refused("not a signed token")),
                arguments("algorithm None", unsigned("None", claims), refused("not a signed token")),
                arguments("algorithm None, signed", unsigned("None", claims) + "AAAA", refused("wrong algorithm")));
    }

    static Stream<Arguments> wrongKeys() throws Exception {
        var secret = KEY.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);
        var mac = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .type(type("at+jwt"))
                        .keyID("key-1")
                        .build(),
                claims(_ -> {}));
        mac.sign(new MACSigner(secret));
        var elsewhere = new URI("http://127.0.0.1:1/jwks");
        return Stream.of(
                arguments("public key as a secret", mac.serialize(), refused("wrong algorithm")),
                arguments("another key", forged(_ -> {}), refused("bad signature")),
                arguments("key brought along", forged(it -> it.jwk(OTHER.toPublicJWK())), refused("bad signature")),
                arguments("key elsewhere", forged(it -> it.jwkURL(elsewhere)), refused("bad signature")),
                arguments("changed claims", changed(), refused("bad signature")),
                arguments("unknown key", forged(it -> it.keyID("key-9")), new UnknownKey()),
                arguments("a path as key id", forged(it -> it.keyID("../../key")), new UnknownKey()),
                arguments("no key id", forged(it -> it.keyID(null)), refused("no key named")));
    }

    static Stream<Arguments> wrongTypes() {
        return Stream.of(null, "JWT", "admission+jwt", "id+jwt")
                .map(type -> arguments(
                        "type " + type,
                        signed(KEY, header(it -> it.type(type == null ? null : type(type))), claims(_ -> {})),
                        refused("not an access token")));
    }

    static Stream<Arguments> wrongClaims() {
        return Stream.of(
                wrong("another issuer", it -> it.issuer("http://evil.example"), "wrong issuer"),
                wrong("no issuer", it -> it.issuer(null), "wrong issuer"),
                wrong("another audience", it -> it.audience("elsewhere"), "wrong audience"),
                wrong("no audience", it -> it.audience((String) null), "wrong audience"),
                wrong("no subject", it -> it.subject(null), "no subject"),
                wrong("empty subject", it -> it.subject(""), "no subject"),
                wrong("no expiry", it -> it.expirationTime(null), "no expiry"),
                wrong("expired", it -> it.expirationTime(Date.from(NOON.minus(SKEW))), "expired"),
                wrong("from later on", it -> it.notBeforeTime(Date.from(NOON.plusSeconds(31))), "not valid yet"));
    }

    private static Arguments wrong(String what, Consumer<JWTClaimsSet.Builder> change, String reason) {
        return arguments(what, signed(KEY, header(_ -> {}), claims(change)), refused(reason));
    }

    private static Refused refused(String reason) {
        return new Refused(reason);
    }

    private static String forged(Consumer<JWSHeader.Builder> change) {
        return signed(OTHER, header(change), claims(_ -> {}));
    }

    private static String changed() {
        var parts = signed(KEY, header(_ -> {}), claims(_ -> {})).split("\\.");
        var claims = Base64URL.from(parts[1]).decodeToString().replace("ada", "eve");
        return parts[0] + "." + Base64URL.encode(claims) + "." + parts[2];
    }

    private static String unsigned(String algorithm, String claims) {
        var header = "{\"alg\":\"%s\",\"typ\":\"at+jwt\",\"kid\":\"key-1\"}".formatted(algorithm);
        return Base64URL.encode(header) + "." + Base64URL.encode(claims) + ".";
    }

    private static JWSHeader header(Consumer<JWSHeader.Builder> change) {
        var header =
                new JWSHeader.Builder(JWSAlgorithm.ES256).type(type("at+jwt")).keyID("key-1");
        change.accept(header);
        return header.build();
    }

    private static JWTClaimsSet claims(Consumer<JWTClaimsSet.Builder> change) {
        var claims = new JWTClaimsSet.Builder()
                .issuer("http://issuer.example")
                .audience("flashsale")
                .subject("ada")
                .expirationTime(Date.from(NOON.plusSeconds(60)));
        change.accept(claims);
        return claims.build();
    }

    private static String signed(ECKey key, JWSHeader header, JWTClaimsSet claims) {
        try {
            var token = new SignedJWT(header, claims);
            token.sign(new ECDSASigner(key));
            return token.serialize();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static JOSEObjectType type(String name) {
        return new JOSEObjectType(name);
    }

    private static ECKey key(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static VerificationKeys published(ECKey key) {
        try {
            return VerificationKeys.parse(new JWKSet(key.toPublicJWK()).toString());
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
