package com.flashsale.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaymentSettingsTest {

    @Test
    void a_key_that_can_be_guessed_does_not_start() {
        assertThatIllegalArgumentException().isThrownBy(() -> settings("short"));
    }

    @Test
    void the_key_does_not_show_in_logs() {
        assertThat(settings("a-key-of-some-length").toString()).doesNotContain("a-key-of-some-length");
    }

    private static PaymentSettings settings(String key) {
        return new PaymentSettings(key, Duration.ofMillis(1500), Duration.ofSeconds(30), 200);
    }
}
