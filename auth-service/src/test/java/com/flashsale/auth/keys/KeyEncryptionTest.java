package com.flashsale.auth.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class KeyEncryptionTest {

    static final String SECRET = base64("an encryption secret of 32 bytes");
    static final String NEWER = base64("a newer encryption secret of 32!");
    static final byte[] PRIVATE_KEY = "a private key".getBytes(StandardCharsets.UTF_8);

    @Test
    void an_encrypted_key_comes_back() {
        var encryption = encryption(SECRET);

        var stored = encryption.encrypt("k1", PRIVATE_KEY);

        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("private");
        assertThat(encryption.decrypt("k1", stored)).isEqualTo(PRIVATE_KEY);
    }

    @Test
    void a_row_copied_to_another_key_is_refused() {
        var stored = encryption(SECRET).encrypt("k1", PRIVATE_KEY);

        assertThatThrownBy(() -> encryption(SECRET).decrypt("k2", stored)).hasMessageContaining("k2");
    }

    @Test
    void a_changed_row_is_refused() {
        var stored = encryption(SECRET).encrypt("k1", PRIVATE_KEY);
        stored[stored.length - 1] ^= 1;

        assertThatThrownBy(() -> encryption(SECRET).decrypt("k1", stored)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void the_secret_can_be_changed_without_losing_keys() {
        var stored = encryption(SECRET).encrypt("k1", PRIVATE_KEY);

        assertThat(encryption(NEWER + "," + SECRET).decrypt("k1", stored)).isEqualTo(PRIVATE_KEY);
        assertThatThrownBy(() -> encryption(NEWER).decrypt("k1", stored))
                .hasMessageContaining("FLASHSALE_KEY_ENCRYPTION_SECRET");
    }

    @Test
    void there_is_no_default_secret_and_no_short_one() {
        assertThatThrownBy(() -> encryption("")).hasMessageContaining("FLASHSALE_KEY_ENCRYPTION_SECRET");
        assertThatThrownBy(() -> encryption(base64("short"))).hasMessageContaining("32 bytes");
    }

    private static KeyEncryption encryption(String secret) {
        return new KeyEncryption(
                new KeySettings(secret, Duration.ofMinutes(6), Duration.ofDays(30), Duration.ofSeconds(5)));
    }

    private static String base64(String secret) {
        return Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.US_ASCII));
    }
}
