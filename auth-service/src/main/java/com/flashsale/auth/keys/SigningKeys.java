package com.flashsale.auth.keys;

import com.flashsale.auth.TokenLifetimes;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;

/** This replica's copy of the keys: loaded before the first request, and again every few seconds. */
@Component
public class SigningKeys {

    private final SigningKeyStore store;
    private final TokenLifetimes lifetimes;
    private final Clock clock;
    private volatile KeyRing ring;

    SigningKeys(SigningKeyStore store, RotateSigningKey keys, TokenLifetimes lifetimes, Clock clock) {
        keys.ensureFirst();
        this.store = store;
        this.lifetimes = lifetimes;
        this.clock = clock;
        this.ring = new KeyRing(store.all(), lifetimes.longest());
    }

    void reload() {
        ring = new KeyRing(store.all(), lifetimes.longest());
    }

    /** The key that signs now, with its private part; for the signer only. */
    public JWK active() {
        return ring.active(clock.instant()).pair();
    }

    List<KeyRing.Entry> published() {
        return ring.published(clock.instant());
    }

    /** Public parts of all keys that a valid token may name. */
    public JWKSet publicKeys() {
        return new JWKSet(published().stream()
                .map(entry -> (JWK) entry.key().pair().toPublicJWK())
                .toList());
    }
}
