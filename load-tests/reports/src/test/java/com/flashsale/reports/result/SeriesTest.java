package com.flashsale.reports.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeriesTest {

    @Test
    void the_slope_is_growth_in_a_second() {
        var points = IntStream.range(0, 20)
                .mapToObj(n -> new Series.Point(n, 5 + 3.0 * n))
                .toList();

        assertThat(new Series("outbox", "events", points).slopeFrom(5)).isCloseTo(3, within(0.001));
    }

    @Test
    void a_queue_that_was_full_once_does_not_grow() {
        var points = IntStream.range(0, 20)
                .mapToObj(n -> new Series.Point(n, n < 3 ? 400 : 7))
                .toList();

        assertThat(new Series("outbox", "events", points).slopeFrom(5)).isZero();
    }
}
