package com.flashsale.platform.security;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.jwk.source.URLBasedJWKSetSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.BadJWSException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.JWTProcessor;
import java.net.MalformedURLException;
import java.text.ParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Verifies access tokens without a call to another service: ES256 only, type {@code at+jwt} (RFC 9068), issuer,
 * audience, time. Keys come from one configured address and never from the token (RFC 8725, section 3.10). Known keys
 * keep working for as long as auth-service is away, at most 7 days.
 */
final class AccessTokens {

    private static final int CONNECT_MILLIS = 1_000;
    private static final int READ_MILLIS = 2_000;
    private static final int SIZE_LIMIT = 64 * 1024;
    private static final long CACHE_MILLIS = 300_000;
    private static final long REFRESH_WAIT_MILLIS = 3_000;
    private static final long OUTAGE_MILLIS = 7L * 24 * 3600 * 1000;

    private static final JOSEObjectTypeVerifier<SecurityContext> ACCESS_TOKEN =
            new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt"));

    private AccessTokens() {}

    static JWKSource<SecurityContext> keys(SecuritySettings settings) {
        try {
            var published = new URLBasedJWKSetSource<SecurityContext>(
                    settings.jwksUri().toURL(), new DefaultResourceRetriever(CONNECT_MILLIS, READ_MILLIS, SIZE_LIMIT));
            return JWKSourceBuilder.create(new RareKeyLookups(published))
                    .cache(CACHE_MILLIS, REFRESH_WAIT_MILLIS)
                    .rateLimited(false)
                    .outageTolerant(OUTAGE_MILLIS)
                    .build();
        } catch (MalformedURLException wrong) {
            throw new IllegalArgumentException("platform.security.jwks-uri: " + wrong.getMessage(), wrong);
        }
    }

    static JwtDecoder decoder(SecuritySettings settings, JWKSource<SecurityContext> keys) {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.ES256, keys));
        processor.setJWSTypeVerifier(ACCESS_TOKEN);
        // claims are checked once, by the validators below
        processor.setJWTClaimsSetVerifier((_, _) -> {});
        var decoder = validating(settings, processor);
        return token -> decode(token, decoder, keys);
    }

    /**
     * Decodes tokens whose signature the gateway has checked; type, algorithm, issuer, audience and time are checked
     * here too.
     */
    static JwtDecoder provenDecoder(SecuritySettings settings) {
        return validating(settings, new DefaultJWTProcessor<>() {
            @Override
            public JWTClaimsSet process(SignedJWT token, @Nullable SecurityContext context) throws BadJOSEException {
                ACCESS_TOKEN.verify(token.getHeader().getType(), context);
                if (!JWSAlgorithm.ES256.equals(token.getHeader().getAlgorithm()))
                    throw new BadJWSException("not ES256");
                try {
                    return token.getJWTClaimsSet();
                } catch (ParseException noClaims) {
                    throw new BadJWTException("no claims", noClaims);
                }
            }
        });
    }

    private static JwtDecoder validating(SecuritySettings settings, JWTProcessor<SecurityContext> processor) {
        var decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(List.of(
                new JwtTimestampValidator(settings.clockSkew()),
                new JwtIssuerValidator(settings.issuer()),
                audience(settings.audience()))));
        return decoder;
    }

    /**
     * Decodes the token. An unknown key is the token's fault (401), even if the lookup of the key is rate-limited. A
     * failure to fetch any keys is not (503). Every other refusal of the decoder is a {@link BadJwtException}.
     */
    private static Jwt decode(String token, JwtDecoder decoder, JWKSource<SecurityContext> keys) {
        try {
            return decoder.decode(token);
        } catch (BadJwtException refused) {
            throw refused;
        } catch (JwtException unverified) {
            if (unverified.getCause() instanceof RateLimitReachedException && areKnown(keys)) {
                throw new BadJwtException("signed by an unknown key", unverified);
            }
            throw new KeysUnavailableException(unverified);
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

    private static OAuth2TokenValidator<Jwt> audience(String audience) {
        var refused = OAuth2TokenValidatorResult.failure(
                new OAuth2Error("invalid_token", "not meant for this audience", null));
        return token -> token.getAudience() != null && token.getAudience().contains(audience)
                ? OAuth2TokenValidatorResult.success()
                : refused;
    }
}
