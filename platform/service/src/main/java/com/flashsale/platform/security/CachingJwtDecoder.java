package com.flashsale.platform.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

/**
 * Verifies a token once, even if it arrives many times at the same moment, and remembers it until it expires. A
 * signature check costs more than the rest of a refused request. Refused tokens are not remembered: they could push out
 * the good ones.
 */
final class CachingJwtDecoder implements JwtDecoder {

    private static final Logger log = LoggerFactory.getLogger(CachingJwtDecoder.class);

    private final JwtDecoder decoder;
    private final JwtDecoder stamped;
    private final Cache<String, Jwt> verified;

    /** An entry holds the token, its decoded parts and the claims; measured at about three times the token. */
    private static final int TIMES = 3;

    private static final int OVERHEAD = 1_500;

    /**
     * @param bytes the approximate memory for tokens and their decoded contents
     * @param stamped for tokens whose signature the gateway has checked
     */
    CachingJwtDecoder(JwtDecoder decoder, JwtDecoder stamped, Clock clock, long bytes) {
        this.decoder = decoder;
        this.stamped = stamped;
        this.verified = Caffeine.newBuilder()
                .maximumWeight(bytes)
                .weigher((String token, Jwt _) -> TIMES * token.length() + OVERHEAD)
                .expireAfter(Expiry.<String, Jwt>creating((_, token) -> timeLeft(token, clock.instant())))
                .build();
    }

    private static Duration timeLeft(Jwt token, Instant now) {
        var end = token.getExpiresAt();
        return end == null || !end.isAfter(now) ? Duration.ZERO : Duration.between(now, end);
    }

    /**
     * Accepts the signature of this token as checked and checks all the rest. {@link #decode} reports why a token is
     * refused.
     */
    void trust(String token) {
        try {
            var _ = verified.get(token, stamped::decode);
        } catch (JwtException refused) {
            log.debug("A stamped token was refused all the same", refused);
        }
    }

    /** The token, if it was verified before. */
    @Nullable
    Jwt known(String token) {
        return verified.getIfPresent(token);
    }

    @Override
    public Jwt decode(String token) {
        return verified.get(token, decoder::decode);
    }

    void cleanUp() {
        verified.cleanUp();
    }

    long bytes() {
        return verified.policy().eviction().orElseThrow().weightedSize().orElse(0);
    }
}
