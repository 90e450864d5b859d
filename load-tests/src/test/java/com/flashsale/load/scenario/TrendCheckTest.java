package com.flashsale.load.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.reports.result.Series;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendCheckTest {

    private static Series threads(DoubleUnaryOperator value) {
        return series("jvm_threads_live_threads order-service#1", value);
    }

    private static Series series(String name, DoubleUnaryOperator value) {
        return new Series(
                name,
                "",
                IntStream.range(0, 1_800)
                        .mapToObj(second -> new Series.Point(second, value.applyAsDouble(second)))
                        .toList());
    }

    @Test
    void a_series_that_swings_is_flat() {
        assertThat(TrendCheck.flat(threads(second -> 60 + 4 * Math.sin(second / 20)), 1_800)
                        .holds())
                .isTrue();
    }

    @Test
    void a_leak_of_one_a_minute_is_seen() {
        assertThat(TrendCheck.flat(threads(second -> 60 + second / 60), 1_800).holds())
                .isFalse();
    }

    @Test
    void rows_that_are_left_and_cleared_away_again_are_flat() {
        var cleared = TrendCheck.flat(series("dead rows order_service", second -> 0.2 * (second % 60) / 60), 1_800);
        var left = TrendCheck.flat(series("dead rows order_service", second -> 0.02 + 0.1 * second / 1_800), 1_800);

        assertThat(cleared.holds()).isTrue();
        assertThat(left.holds()).isFalse();
    }

    @Test
    void a_table_that_only_passes_things_on_keeps_its_size() {
        var grows = TrendCheck.flat(series("table outbox order_service", second -> 8 + second / 100), 1_800);

        assertThat(grows.holds()).isFalse();
    }
}
