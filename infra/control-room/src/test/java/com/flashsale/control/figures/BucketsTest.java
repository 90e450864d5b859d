package com.flashsale.control.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BucketsTest {

    private static final double END = Double.POSITIVE_INFINITY;

    @Test
    void a_quantile_is_interpolated_within_its_bucket() {
        var buckets = Map.of(0.1, 50.0, 0.2, 90.0, END, 100.0);

        assertThat(Buckets.quantile(buckets, 0.5)).isCloseTo(0.1, within(1e-9));
        assertThat(Buckets.quantile(buckets, 0.7)).isCloseTo(0.15, within(1e-9));
    }

    @Test
    void a_quantile_beyond_the_last_bound_is_that_bound() {
        assertThat(Buckets.quantile(Map.of(0.1, 50.0, 0.2, 90.0, END, 100.0), 0.99))
                .isEqualTo(0.2);
    }

    @Test
    void without_an_observation_there_is_no_quantile() {
        assertThat(Buckets.quantile(Map.of(), 0.5)).isNull();
        assertThat(Buckets.quantile(Map.of(0.1, 0.0, END, 0.0), 0.5)).isNull();
    }

    @Test
    void the_growth_after_a_restart_is_all_of_the_new_counter() {
        assertThat(Buckets.growth(Map.of(0.1, 50.0, END, 60.0), Map.of(0.1, 55.0, END, 70.0)))
                .containsOnly(Map.entry(0.1, 5.0), Map.entry(END, 10.0));
        assertThat(Buckets.growth(Map.of(0.1, 50.0, END, 60.0), Map.of(0.1, 2.0, END, 3.0)))
                .containsOnly(Map.entry(0.1, 2.0), Map.entry(END, 3.0));
    }
}
