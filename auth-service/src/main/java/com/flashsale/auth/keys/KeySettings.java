package com.flashsale.auth.keys;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param encryptionSecret {@code base64[,base64]}, 32 bytes each: the first encrypts private keys, all decrypt, so that
 *     it can be changed
 * @param publishAhead how long a new key is published before it signs; longer than verifiers keep the published keys
 * @param rotateEvery how long a key signs
 * @param reloadEvery how often a replica looks for keys that another one made
 */
@ConfigurationProperties("auth.signing-keys")
record KeySettings(String encryptionSecret, Duration publishAhead, Duration rotateEvery, Duration reloadEvery) {

    KeySettings {
        if (encryptionSecret.isBlank()) {
            throw new IllegalArgumentException("the environment variable FLASHSALE_KEY_ENCRYPTION_SECRET is not set");
        }
        if (reloadEvery.compareTo(publishAhead) >= 0) {
            throw new IllegalArgumentException(
                    "auth.signing-keys: a key must be loaded by all replicas before it signs");
        }
    }

    /** Without the secret: settings end up in logs. */
    @Override
    public String toString() {
        return "KeySettings[publishAhead=%s, rotateEvery=%s]".formatted(publishAhead, rotateEvery);
    }
}
