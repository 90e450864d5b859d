package com.flashsale.platform.test;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Access tokens as auth-service signs them, with a key of this JVM that services under test fetch from
 * {@link #jwksUri}.
 */
public final class TestTokens {

    public static final String ISSUER = "http://localhost:8080";

    private static final long LIFETIME_SECONDS = 600;
    private static final ECKey KEY = generate();

    private TestTokens() {}

    private static final class Holder {
        static final JwksServer SERVER = JwksServer.start(new JWKSet(KEY.toPublicJWK()).toString());
    }

    /** The address of the public key; the server starts at the first call and ends with the JVM. */
    public static String jwksUri() {
        return Holder.SERVER.uri();
    }

    public static String shopper(UUID customer) {
        return with(Map.of("sub", customer.toString(), "scope", "openid shop"));
    }

    public static String operator() {
        return machine("operator");
    }

    public static String loadTest() {
        return machine("load-test");
    }

    private static String machine(String client) {
        return with(Map.of("sub", client, "scope", client));
    }

    /** A good token with these claims added to the usual ones or in their place; exp and iat in epoch seconds. */
    public static String with(Map<String, Object> claims) {
        var now = Instant.now().getEpochSecond();
        var all = new LinkedHashMap<String, Object>();
        all.put("iss", ISSUER);
        all.put("aud", List.of("flashsale"));
        all.put("sub", UUID.randomUUID().toString());
        all.put("jti", UUID.randomUUID().toString());
        all.put("iat", now);
        all.put("exp", now + LIFETIME_SECONDS);
        all.putAll(claims);
        return sign(all, KEY);
    }

    /** A token like that of {@link #with}, but signed by an unpublished key. */
    public static String forged(Map<String, Object> claims) {
        var all = new LinkedHashMap<String, Object>(Map.of("iss", ISSUER, "aud", List.of("flashsale")));
        all.put("exp", Instant.now().getEpochSecond() + LIFETIME_SECONDS);
        all.putAll(claims);
        return sign(all, generate());
    }

    private static String sign(Map<String, Object> claims, ECKey key) {
        var set = new JWTClaimsSet.Builder();
        claims.forEach((name, value) -> set.claim(name, isTime(name) ? date(value) : value));
        var header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(key.getKeyID())
                .build();
        var token = new SignedJWT(header, set.build());
        try {
            token.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("Cannot sign a test token", e);
        }
        return token.serialize();
    }

    private static boolean isTime(String claim) {
        return List.of("exp", "iat", "nbf").contains(claim);
    }

    private static Object date(Object value) {
        return value instanceof Number seconds ? Date.from(Instant.ofEpochSecond(seconds.longValue())) : value;
    }

    private static ECKey generate() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyID(UUID.randomUUID().toString())
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("Cannot make a key for test tokens", e);
        }
    }
}
