package com.flashsale.platform.security;

import static com.flashsale.platform.security.RateLimitedJwkSource.AFTER_FAILURE_MILLIS;
import static com.flashsale.platform.security.RateLimitedJwkSource.AFTER_SUCCESS_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import org.junit.jupiter.api.Test;

class RateLimitedJwkSourceTest {

    private static final long NOW = 1_000_000;

    private final AuthService auth = new AuthService();
    private final RateLimitedJwkSource lookups = new RateLimitedJwkSource(auth);

    @Test
    void a_flood_of_unknown_keys_causes_one_lookup_in_the_interval() throws KeySourceException {
        lookAt(NOW);
        for (long millis = 1; millis < AFTER_SUCCESS_MILLIS; millis += 1_000) assertTooSoon(NOW + millis);
        lookAt(NOW + AFTER_SUCCESS_MILLIS);

        assertThat(auth.calls).isEqualTo(2);
    }

    @Test
    void keys_that_were_not_there_yet_are_looked_up_again_soon() throws KeySourceException {
        auth.away = true;
        assertThatExceptionOfType(JWKSetUnavailableException.class).isThrownBy(() -> lookAt(NOW));
        assertTooSoon(NOW + AFTER_FAILURE_MILLIS - 1);

        auth.away = false;
        lookAt(NOW + AFTER_FAILURE_MILLIS);

        assertThat(auth.calls).isEqualTo(2);
    }

    private void assertTooSoon(long now) {
        assertThatExceptionOfType(RateLimitReachedException.class).isThrownBy(() -> lookAt(now));
    }

    private void lookAt(long now) throws KeySourceException {
        lookups.getJWKSet(JWKSetCacheRefreshEvaluator.noRefresh(), now, null);
    }

    private static final class AuthService implements JWKSetSource<SecurityContext> {

        boolean away;
        int calls;

        @Override
        public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator refresh, long now, SecurityContext context)
                throws KeySourceException {
            calls++;
            if (away) throw new JWKSetUnavailableException("away");
            return new JWKSet();
        }

        @Override
        public void close() {
            calls = 0;
        }
    }
}
