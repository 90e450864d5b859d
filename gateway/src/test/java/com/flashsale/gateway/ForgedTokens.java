package com.flashsale.gateway;

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
import java.util.Map;

/** Tokens that look like access tokens and are none, each under the name of its fault. */
final class ForgedTokens {

    private static final ECKey KEY = TestTokens.KEY;

    private ForgedTokens() {}

    static Map<String, String> all() throws Exception {
        var corpus = new LinkedHashMap<String, String>();
        addUnsigned(corpus);
        addWrongKeys(corpus);
        addWrongTypes(corpus);
        addWrongClaims(corpus);
        return corpus;
    }

    private static void addUnsigned(Map<String, String> corpus) {
        corpus.put("rubbish", "rubbish");
        corpus.put("three empty parts", "..");
        corpus.put("no algorithm", new PlainJWT(TestTokens.claims(_ -> {})).serialize());
        corpus.put("algorithm none, our type", withHeader("{\"alg\":\"none\",\"typ\":\"at+jwt\",\"kid\":\"key-1\"}"));
        corpus.put("algorithm None", withHeader("{\"alg\":\"None\",\"typ\":\"at+jwt\",\"kid\":\"key-1\"}"));
        corpus.put("changed claims", changed(TestTokens.shopper()));
        corpus.put("very long", "e".repeat(5000));
    }

    private static void addWrongKeys(Map<String, String> corpus) throws Exception {
        var other = TestTokens.key(KEY.getKeyID());
        var header = TestTokens.header(KEY).build();
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
    }

    private static void addWrongTypes(Map<String, String> corpus) {
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
    }

    private static void addWrongClaims(Map<String, String> corpus) {
        var header = TestTokens.header(KEY).build();
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

    static String encoded(String text) {
        return Base64URL.encode(text).toString();
    }
}
