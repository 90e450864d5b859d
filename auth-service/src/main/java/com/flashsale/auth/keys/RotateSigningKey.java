package com.flashsale.auth.keys;

import com.flashsale.auth.TokenLifetimes;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.time.Duration;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes the key that will sign next. It is published at once and signs only when every verifier had time to learn it.
 */
@Service
class RotateSigningKey {

    sealed interface Outcome {}

    record Scheduled(SigningKey next) implements Outcome {}

    /** A key that does not sign yet waits already; a second one would be in use before verifiers know it. */
    record AlreadyScheduled() implements Outcome {}

    private final SigningKeyStore store;
    private final KeySettings settings;
    private final TokenLifetimes lifetimes;

    RotateSigningKey(SigningKeyStore store, KeySettings settings, TokenLifetimes lifetimes) {
        this.store = store;
        this.settings = settings;
        this.lifetimes = lifetimes;
    }

    @Transactional
    public Outcome rotate() {
        store.lock();
        if (store.hasNext()) return new AlreadyScheduled();
        return new Scheduled(store.add(newPair(), settings.publishAhead()));
    }

    /** The very first key signs at once: there is no verifier yet that could know another one. */
    @Transactional
    public void ensureFirst() {
        store.lock();
        if (store.isEmpty()) store.add(newPair(), Duration.ZERO);
    }

    @Transactional
    public int forgetEnded() {
        store.lock();
        return store.removeEnded(lifetimes.longest());
    }

    private static ECKey newPair() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyUse(KeyUse.SIGNATURE)
                    .keyIDFromThumbprint(true)
                    .generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException("every Java platform has P-256", impossible);
        }
    }
}
