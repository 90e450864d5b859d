package com.flashsale.gateway.auth;

import com.flashsale.gateway.auth.Caller.Known;
import com.flashsale.platform.observability.LoadTest;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Checks one token against the keys at hand (RFC 9068). The key is chosen by its id alone; jku, jwk and x5u in a header
 * are never looked at, and the algorithm is ours, not the token's.
 */
@Component
class TokenVerifier {

    static final int LONGEST = 4096;

    private static final String SHOP = "shop";
    private static final String LOAD_TEST = "load-test";

    private static final Set<String> TYPES = Set.of("at+jwt", "application/at+jwt");

    private final TokenSettings settings;

    TokenVerifier(TokenSettings settings) {
        this.settings = settings;
    }

    sealed interface Outcome {}

    record Genuine(Known caller) implements Outcome {}

    record Refused(String reason) implements Outcome {}

    record UnknownKey() implements Outcome {}

    Outcome verify(String token, VerificationKeys keys, Instant now) {
        try {
            var jwt = SignedJWT.parse(token);
            var fault = faultOf(jwt.getHeader());
            if (fault != null) return new Refused(fault);
            // one text for all callers that are remembered
            var keyId = jwt.getHeader().getKeyID().intern();
            var verifier = keys.verifier(keyId);
            if (verifier == null) return new UnknownKey();
            if (!jwt.verify(verifier)) return new Refused("bad signature");
            return judge(jwt.getJWTClaimsSet(), keyId, now);
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            return new Refused("not a signed token");
        }
    }

    private static @Nullable String faultOf(JWSHeader header) {
        if (!JWSAlgorithm.ES256.equals(header.getAlgorithm())) return "wrong algorithm";
        if (header.getType() == null || !TYPES.contains(header.getType().getType())) return "not an access token";
        if (header.getKeyID() == null || header.getKeyID().isEmpty()) return "no key named";
        return null;
    }

    private Outcome judge(JWTClaimsSet claims, String keyId, Instant now) {
        if (!settings.issuer().equals(claims.getIssuer())) return new Refused("wrong issuer");
        if (!claims.getAudience().contains(settings.audience())) return new Refused("wrong audience");
        if (claims.getSubject() == null || claims.getSubject().isEmpty()) return new Refused("no subject");
        if (claims.getExpirationTime() == null) return new Refused("no expiry");
        var end = claims.getExpirationTime().toInstant().plus(settings.clockSkew());
        if (!now.isBefore(end)) return new Refused("expired");
        var start = claims.getNotBeforeTime();
        if (start != null && now.plus(settings.clockSkew()).isBefore(start.toInstant()))
            return new Refused("not valid yet");
        var scope = claims.getClaim("scope");
        var loadTest = claims.getClaim(LoadTest.CLAIM);
        return new Genuine(new Known(
                claims.getSubject(),
                keyId,
                end,
                has(SHOP, scope),
                has(LOAD_TEST, scope),
                loadTest == null ? null : loadTest.toString()));
    }

    /** Words in one text (RFC 9068), or a list of them, as our auth-service writes it for machines. */
    private static boolean has(String word, @Nullable Object scope) {
        return switch (scope) {
            case String words -> List.of(words.split(" ")).contains(word);
            case Collection<?> list -> list.contains(word);
            case null, default -> false;
        };
    }
}
