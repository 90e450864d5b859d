package com.flashsale.platform.security;

import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/**
 * Fetches the keys right after start, so that the first customer does not wait for them and auth-service may be away
 * from then on.
 */
class KeyWarmUp {

    private static final Logger log = LoggerFactory.getLogger(KeyWarmUp.class);
    private static final int ATTEMPTS = 60;
    private static final long PAUSE_MILLIS = 1_000;

    private final JWKSource<SecurityContext> keys;

    KeyWarmUp(JWKSource<SecurityContext> keys) {
        this.keys = keys;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        Thread.ofVirtual().name("jwks-warm-up").start(this::fetch);
    }

    private void fetch() {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                if (!keys.get(new JWKSelector(new JWKMatcher.Builder().build()), null)
                        .isEmpty()) return;
            } catch (com.nimbusds.jose.KeySourceException notYet) {
                log.debug("Signing keys are not available yet: {}", notYet.getMessage());
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        log.warn("No signing keys after {} attempts; they are fetched with the next token", ATTEMPTS);
    }
}
