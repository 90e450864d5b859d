package com.flashsale.order.checkout;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CheckoutSettingsTest {

    private final CheckoutSettings settings = new CheckoutSettings(
            1, 1, ofSeconds(5), 1, ofSeconds(10), ofSeconds(1), ofSeconds(30), ofSeconds(60), List.of());

    @Test
    void the_pause_doubles_and_ends_at_the_longest() {
        assertThat(IntStream.range(0, 8).mapToObj(settings::pauseAfter))
                .containsExactly(
                        ofSeconds(1),
                        ofSeconds(2),
                        ofSeconds(4),
                        ofSeconds(8),
                        ofSeconds(16),
                        ofSeconds(30),
                        ofSeconds(30),
                        ofSeconds(30));
        assertThat(settings.pauseAfter(Integer.MAX_VALUE)).isEqualTo(ofSeconds(30));
    }
}
