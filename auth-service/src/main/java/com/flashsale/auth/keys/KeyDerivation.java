package com.flashsale.auth.keys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/** Further secrets that all replicas share, derived from the one that they are given; each purpose has its own. */
@Component
public final class KeyDerivation {

    private static final String HMAC = "HmacSHA256";

    private final SecretKey root;

    KeyDerivation(KeySettings settings) {
        var first = settings.encryptionSecret().split(",", 2)[0].strip();
        this.root = new SecretKeySpec(Base64.getDecoder().decode(first), HMAC);
    }

    public SecretKey macKeyFor(String purpose) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(root);
            return new SecretKeySpec(mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8)), HMAC);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + HMAC, impossible);
        }
    }
}
