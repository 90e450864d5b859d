package com.flashsale.platform.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules for an access token of the platform (RFC 9068): ES256, type {@code at+jwt}, issuer, audience, subject and
 * time. The id alone chooses the key, from the keys of the caller; jku, jwk and x5u in a header are never read (RFC
 * 8725, sections 3.1 and 3.10). A refusal is a value without a stack trace, since a flood of bad tokens must be cheap.
 */
public final class AccessTokenVerifier {

    private static final Set<String> TYPES = Set.of("at+jwt", "application/at+jwt");

    private final String issuer;
    private final String audience;
    private final Duration clockSkew;

    /** The keys of the issuer, however they are fetched. */
    @FunctionalInterface
    public interface Keys {

        /** Returns null for an unknown key. */
        @Nullable
        JWSVerifier verifier(String keyId);
    }

    public sealed interface Result {}

    /** @param countsUntil end of the token, clock skew included; the token does not count at this instant */
    public record Genuine(JWSHeader header, JWTClaimsSet claims, Instant countsUntil) implements Result {

        public String keyId() {
            return header.getKeyID();
        }

        /**
         * Whether the token has this scope, in one text (RFC 9068) or in a list, as auth-service has it for machines.
         */
        public boolean hasScope(String scope) {
            return switch (claims.getClaim("scope")) {
                case String scopes -> List.of(scopes.split(" ")).contains(scope);
                case Collection<?> scopes -> scopes.contains(scope);
                case null, default -> false;
            };
        }
    }

    /** @param reason for the caller of the API; names no value of the token */
    public record Refused(String reason) implements Result {}

    public record UnknownKey() implements Result {}

    /**
     * @param issuer the only issuer whose tokens count
     * @param audience must be among a token's audiences
     * @param clockSkew how far this clock and the issuer's may differ
     */
    public AccessTokenVerifier(String issuer, String audience, Duration clockSkew) {
        this.issuer = issuer;
        this.audience = audience;
        this.clockSkew = clockSkew;
    }

    /** Checks everything. */
    public Result verify(String token, Keys keys, Instant now) {
        try {
            var jwt = SignedJWT.parse(token);
            var fault = faultOf(jwt.getHeader());
            if (fault != null) return new Refused(fault);
            var verifier = keys.verifier(jwt.getHeader().getKeyID());
            if (verifier == null) return new UnknownKey();
            if (!jwt.verify(verifier)) return new Refused("bad signature");
            return judge(jwt, now);
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            return new Refused("not a signed token");
        }
    }

    /** Checks everything but the signature, which the gateway has verified. */
    public Result verifyWithoutSignature(String token, Instant now) {
        try {
            var jwt = SignedJWT.parse(token);
            var fault = faultOf(jwt.getHeader());
            return fault != null ? new Refused(fault) : judge(jwt, now);
        } catch (ParseException | IllegalArgumentException e) {
            return new Refused("not a signed token");
        }
    }

    private static @Nullable String faultOf(JWSHeader header) {
        if (!JWSAlgorithm.ES256.equals(header.getAlgorithm())) return "wrong algorithm";
        if (header.getType() == null || !TYPES.contains(header.getType().getType())) return "not an access token";
        if (header.getKeyID() == null || header.getKeyID().isEmpty()) return "no key named";
        return null;
    }

    private Result judge(SignedJWT jwt, Instant now) throws ParseException {
        var claims = jwt.getJWTClaimsSet();
        if (!issuer.equals(claims.getIssuer())) return new Refused("wrong issuer");
        if (!claims.getAudience().contains(audience)) return new Refused("wrong audience");
        if (claims.getSubject() == null || claims.getSubject().isEmpty()) return new Refused("no subject");
        if (claims.getExpirationTime() == null) return new Refused("no expiry");
        var end = claims.getExpirationTime().toInstant().plus(clockSkew);
        if (!now.isBefore(end)) return new Refused("expired");
        var start = claims.getNotBeforeTime();
        if (start != null && now.plus(clockSkew).isBefore(start.toInstant())) return new Refused("not valid yet");
        return new Genuine(jwt.getHeader(), claims, end);
    }
}
