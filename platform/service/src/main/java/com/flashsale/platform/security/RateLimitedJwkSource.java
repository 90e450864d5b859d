package com.flashsale.platform.security;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetSourceWrapper;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;

/**
 * Limits key lookups to one in 30 s, however many tokens name an unknown key. After a failure the next lookup may
 * follow in 0.5 s: a service that started before auth-service would otherwise refuse all callers for 30 s.
 */
final class RateLimitedJwkSource extends JWKSetSourceWrapper<SecurityContext> {

    static final long AFTER_SUCCESS_MILLIS = 30_000;
    static final long AFTER_FAILURE_MILLIS = 500;

    private long nextLookup = Long.MIN_VALUE;

    RateLimitedJwkSource(JWKSetSource<SecurityContext> source) {
        super(source);
    }

    @Override
    public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator refresh, long now, SecurityContext context)
            throws KeySourceException {
        take(now);
        var keys = getSource().getJWKSet(refresh, now, context);
        succeeded(now);
        return keys;
    }

    private synchronized void take(long now) throws RateLimitReachedException {
        if (now < nextLookup) throw new RateLimitReachedException();
        nextLookup = now + AFTER_FAILURE_MILLIS;
    }

    private synchronized void succeeded(long now) {
        nextLookup = now + AFTER_SUCCESS_MILLIS;
    }
}
