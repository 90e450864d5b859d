package com.flashsale.load.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ArrivalsTest {

    @Test
    void a_constant_rate_is_even() {
        var arrivals = Arrivals.constant(100, Duration.ofSeconds(2));

        assertThat(arrivals.count()).isEqualTo(200);
        assertThat(arrivals.rate()).isCloseTo(100, within(0.1));
        assertThat((double) arrivals.offsets()[50]).isCloseTo(5e8, within(1e5));
    }

    @Test
    void others_come_when_the_time_of_the_first_is_over() {
        var arrivals = Arrivals.constant(100, Duration.ofSeconds(2)).then(Arrivals.constant(10, Duration.ofSeconds(3)));

        assertThat(arrivals.count()).isEqualTo(230);
        assertThat(arrivals.length()).isEqualTo(Duration.ofSeconds(5));
        assertThat((double) arrivals.offsets()[199]).isLessThan(2e9);
        assertThat((double) arrivals.offsets()[200]).isCloseTo(2e9, within(1e5));
        assertThat((double) arrivals.offsets()[210]).isCloseTo(3e9, within(1e5));
    }

    @Test
    void a_wave_comes_low_first_and_keeps_the_mean() {
        var arrivals = Arrivals.wave(10, 90, Duration.ofSeconds(10), Duration.ofSeconds(10));

        long inTheFirstSecond =
                Arrays.stream(arrivals.offsets()).filter(at -> at < 1e9).count();
        long inTheMiddle = Arrays.stream(arrivals.offsets())
                .filter(at -> at > 4.5e9 && at < 5.5e9)
                .count();

        assertThat(arrivals.count()).isEqualTo(500);
        assertThat(inTheFirstSecond).isBetween(10L, 15L);
        assertThat(inTheMiddle).isBetween(86L, 91L);
        assertThat(arrivals.offsets()).isSorted();
    }
}
