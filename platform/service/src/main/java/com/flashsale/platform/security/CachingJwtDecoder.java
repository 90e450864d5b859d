package com.flashsale.platform.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Verifies a token once, also when it comes many times at the same moment, and remembers it until it ends: a signature costs more than all
 * the rest of a request that is refused. Refused tokens are not remembered: they could push out the good ones.
 */
final class CachingJwtDecoder implements JwtDecoder {

    private final JwtDecoder decoder;
    private final Cache<String, Jwt> verified;

    CachingJwtDecoder(JwtDecoder decoder, Clock clock, int size) {
        this.decoder = decoder;
        this.verified = Caffeine.newBuilder()
                .maximumSize(size)
                .expireAfter(Expiry.<String, Jwt>creating((_, token) -> timeLeft(token, clock.instant())))
                .build();
    }

    private static Duration timeLeft(Jwt token, Instant now) {
        var end = token.getExpiresAt();
        return end == null || !end.isAfter(now) ? Duration.ZERO : Duration.between(now, end);
    }

    @Override
    public Jwt decode(String token) {
        return verified.get(token, decoder::decode);
    }
}
