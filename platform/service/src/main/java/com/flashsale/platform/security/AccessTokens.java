package com.flashsale.platform.security;

import com.flashsale.platform.token.AccessTokenVerifier;
import com.flashsale.platform.token.AccessTokenVerifier.Genuine;
import com.flashsale.platform.token.AccessTokenVerifier.Refused;
import com.flashsale.platform.token.AccessTokenVerifier.UnknownKey;
import com.flashsale.platform.token.VerificationKeys;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.jwk.source.URLBasedJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.net.MalformedURLException;
import java.time.InstantSource;
import java.util.Date;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Verifies access tokens without a call to another service, by the rules of {@link AccessTokenVerifier}. Keys come from
 * one configured address and never from the token (RFC 8725, section 3.10). Known keys keep working for as long as
 * auth-service is away, at most 7 days.
 */
final class AccessTokens {

    private static final int CONNECT_MILLIS = 1_000;
    private static final int READ_MILLIS = 2_000;
    private static final int SIZE_LIMIT = 64 * 1024;
    private static final long CACHE_MILLIS = 300_000;
    private static final long REFRESH_WAIT_MILLIS = 3_000;
    private static final long OUTAGE_MILLIS = 7L * 24 * 3600 * 1000;

    private static final InstantSource CLOCK = InstantSource.system();

    private AccessTokens() {}

    static JWKSource<SecurityContext> keys(SecuritySettings settings) {
        try {
            var published = new URLBasedJWKSetSource<SecurityContext>(
                    settings.jwksUri().toURL(), new DefaultResourceRetriever(CONNECT_MILLIS, READ_MILLIS, SIZE_LIMIT));
            return JWKSourceBuilder.create(new RateLimitedJwkSource(published))
                    .cache(CACHE_MILLIS, REFRESH_WAIT_MILLIS)
                    .rateLimited(false)
                    .outageTolerant(OUTAGE_MILLIS)
                    .build();
        } catch (MalformedURLException wrong) {
            throw new IllegalArgumentException("platform.security.jwks-uri: " + wrong.getMessage(), wrong);
        }
    }

    static JwtDecoder decoder(SecuritySettings settings, JWKSource<SecurityContext> keys) {
        var verifier = verifier(settings);
        return token -> jwt(token, verifier.verify(token, id -> find(id, keys), CLOCK.instant()));
    }

    /** Decodes tokens whose signature the gateway has verified, and checks all the rest. */
    static JwtDecoder stampedDecoder(SecuritySettings settings) {
        var verifier = verifier(settings);
        return token -> jwt(token, verifier.verifyWithoutSignature(token, CLOCK.instant()));
    }

    private static AccessTokenVerifier verifier(SecuritySettings settings) {
        return new AccessTokenVerifier(settings.issuer(), settings.audience(), settings.clockSkew());
    }

    private static Jwt jwt(String token, AccessTokenVerifier.Result result) {
        return switch (result) {
            case Genuine genuine -> jwt(token, genuine);
            case Refused(var reason) -> throw new BadJwtException(reason);
            case UnknownKey _ -> throw new BadJwtException("signed by an unknown key");
        };
    }

    private static Jwt jwt(String token, Genuine genuine) {
        try {
            var claims = new LinkedHashMap<>(genuine.claims().getClaims());
            claims.replaceAll((_, value) -> value instanceof Date time ? time.toInstant() : value);
            return Jwt.withTokenValue(token)
                    .headers(all -> all.putAll(genuine.header().toJSONObject()))
                    .claims(all -> all.putAll(claims))
                    .build();
        } catch (IllegalArgumentException | IllegalStateException unreadable) {
            throw new BadJwtException("claims of the wrong form", unreadable);
        }
    }

    /**
     * The verifier of a key. An unknown key is the token's fault (401), even if the lookup of the key is rate-limited.
     * A failure to fetch any keys is not (503).
     */
    private static @Nullable JWSVerifier find(String keyId, JWKSource<SecurityContext> keys) {
        try {
            for (var key : keys.get(
                    new JWKSelector(new JWKMatcher.Builder().keyID(keyId).build()), null)) {
                var verifier = VerificationKeys.verifierOrNull(key);
                if (verifier != null) return verifier;
            }
            return null;
        } catch (RateLimitReachedException tooSoon) {
            if (areKnown(keys)) return null;
            throw new KeysUnavailableException(tooSoon);
        } catch (JOSEException away) {
            throw new KeysUnavailableException(away);
        }
    }

    private static boolean areKnown(JWKSource<SecurityContext> keys) {
        try {
            return !keys.get(new JWKSelector(new JWKMatcher.Builder().build()), null)
                    .isEmpty();
        } catch (KeySourceException away) {
            return false;
        }
    }
}
