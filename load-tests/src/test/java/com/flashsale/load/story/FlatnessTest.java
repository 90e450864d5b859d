package com.flashsale.load.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.load.observe.Series;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FlatnessTest {

    private static Series threads(DoubleUnaryOperator value) {
        return new Series(
                "jvm_threads_live_threads order-service#1",
                "",
                IntStream.range(0, 1_800)
                        .mapToObj(second -> new Series.Point(second, value.applyAsDouble(second)))
                        .toList());
    }

    @Test
    void what_swings_is_flat() {
        assertThat(Flatness.flat(threads(second -> 60 + 4 * Math.sin(second / 20)), 1_800)
                        .holds())
                .isTrue();
    }

    @Test
    void a_leak_of_one_a_minute_is_seen() {
        assertThat(Flatness.flat(threads(second -> 60 + second / 60), 1_800).holds())
                .isFalse();
    }
}
