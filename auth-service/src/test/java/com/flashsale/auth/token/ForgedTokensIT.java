package com.flashsale.auth.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.auth.Browser;
import com.flashsale.auth.keys.SigningKeys;
import com.flashsale.platform.test.ServiceTest;
import com.flashsale.platform.test.TestTokens;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Signed with the very key of the service, or dressed up as if: only one of them is an access token. */
@ServiceTest
class ForgedTokensIT {

    static final String PATH = "/api/v1/signing-keys";

    @LocalServerPort
    int port;

    @Autowired
    SigningKeys keys;

    @Test
    void only_a_genuine_token_opens_anything() throws Exception {
        assertThat(statusWith(signed(header(), claims().build()))).isEqualTo(200);

        var forged = new LinkedHashMap<String, String>();
        forged.put("no signature", new PlainJWT(claims().build()).serialize());
        forged.put("signature cut off", signed(header(), claims().build()).replaceAll("[^.]*$", ""));
        forged.put("public key used as a secret", hmacWithPublicKey());
        forged.put("type of an id token", signed(header().type(JOSEObjectType.JWT), claims().build()));
        forged.put("no type", signed(header().type(null), claims().build()));
        forged.put("unknown key", signed(header().keyID("../../etc/passwd"), claims().build()));
        forged.put("somebody else's key", TestTokens.operator());
        forged.put("own key set named by the token", withOwnKeySet());
        forged.put(
                "other audience",
                signed(header(), claims().audience("storefront").build()));
        forged.put(
                "other issuer",
                signed(header(), claims().issuer("https://evil.example").build()));
        forged.put("ended", signed(header(), claims().expirationTime(in(-30)).build()));
        forged.put(
                "not yet begun", signed(header(), claims().notBeforeTime(in(60)).build()));

        for (var token : forged.entrySet()) {
            assertThat(statusWith(token.getValue())).as(token.getKey()).isEqualTo(401);
        }
    }

    private int statusWith(String token) {
        return new Browser(port).get(PATH, "Authorization", "Bearer " + token).statusCode();
    }

    private JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(keys.active().getKeyID());
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(TestTokens.ISSUER)
                .subject("operator")
                .audience("flashsale")
                .claim("scope", "operator")
                .expirationTime(in(60));
    }

    private String signed(JWSHeader.Builder header, JWTClaimsSet claims) throws JOSEException {
        var token = new SignedJWT(header.build(), claims);
        token.sign(new ECDSASigner((ECKey) keys.active()));
        return token.serialize();
    }

    private String hmacWithPublicKey() throws JOSEException {
        var publicKey = keys.active().toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);
        var header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(keys.active().getKeyID())
                .build();
        var token = new SignedJWT(header, claims().build());
        token.sign(new MACSigner(publicKey));
        return token.serialize();
    }

    private String withOwnKeySet() throws Exception {
        return signed(header().keyID("mine").jwkURL(URI.create(TestTokens.jwksUri())), claims().build());
    }

    private static Date in(int seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }
}
