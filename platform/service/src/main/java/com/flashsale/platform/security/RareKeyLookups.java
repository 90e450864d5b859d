package com.flashsale.platform.security;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetSourceWrapper;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;

/**
 * Looks keys up rarely, however many tokens name a key that nobody knows. After a failure the next try comes soon: a service that started
 * before auth-service would otherwise refuse everybody for the whole interval.
 */
final class RareKeyLookups extends JWKSetSourceWrapper<SecurityContext> {

    static final long AFTER_SUCCESS_MILLIS = 30_000;
    static final long AFTER_FAILURE_MILLIS = 500;

    private long nextLookup = Long.MIN_VALUE;

    RareKeyLookups(JWKSetSource<SecurityContext> source) {
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
