package com.flashsale.auth.keys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Private keys at rest: AES-256-GCM, bound to their key id, so that one row's ciphertext is worthless in another row.
 */
@Component
final class KeyEncryption {

    private static final int SECRET_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final List<SecretKey> secrets;
    private final SecureRandom random = new SecureRandom();

    KeyEncryption(KeySettings settings) {
        this.secrets = Arrays.stream(settings.encryptionSecret().split(",", -1))
                .map(secret -> secretOf(secret.strip()))
                .toList();
    }

    private static SecretKey secretOf(String base64) {
        var secret = Base64.getDecoder().decode(base64);
        if (secret.length != SECRET_BYTES) {
            throw new IllegalArgumentException("FLASHSALE_KEY_ENCRYPTION_SECRET must be 32 bytes in base64");
        }
        return new SecretKeySpec(secret, "AES");
    }

    byte[] encrypt(String kid, byte[] privateKey) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var ciphertext =
                    cipher(Cipher.ENCRYPT_MODE, secrets.getFirst(), nonce, kid).doFinal(privateKey);
            var stored = Arrays.copyOf(nonce, NONCE_BYTES + ciphertext.length);
            System.arraycopy(ciphertext, 0, stored, NONCE_BYTES, ciphertext.length);
            return stored;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("encrypting a signing key failed", impossible);
        }
    }

    byte[] decrypt(String kid, byte[] stored) {
        return secrets.stream()
                .map(secret -> decrypt(secret, kid, stored))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("signing key " + kid
                        + " was encrypted with another FLASHSALE_KEY_ENCRYPTION_SECRET, or was changed"));
    }

    private static Optional<byte[]> decrypt(SecretKey secret, String kid, byte[] stored) {
        try {
            var nonce = Arrays.copyOf(stored, NONCE_BYTES);
            return Optional.of(cipher(Cipher.DECRYPT_MODE, secret, nonce, kid)
                    .doFinal(stored, NONCE_BYTES, stored.length - NONCE_BYTES));
        } catch (AEADBadTagException otherSecret) {
            return Optional.empty();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("decrypting signing key " + kid + " failed", impossible);
        }
    }

    private static Cipher cipher(int mode, SecretKey secret, byte[] nonce, String kid) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, secret, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(kid.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
