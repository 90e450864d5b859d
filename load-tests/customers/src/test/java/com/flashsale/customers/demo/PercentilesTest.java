package com.flashsale.customers.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {

    @Test
    void half_of_a_hundred_took_at_most_the_fiftieth_time_and_nineteen_of_twenty_the_ninety_fifth() {
        var times = LongStream.rangeClosed(1, 100).mapToObj(Duration::ofMillis).toList();

        assertThat(Percentiles.of(times)).isEqualTo(new Percentiles(100, 50, 95));
    }

    @Test
    void a_step_that_no_customer_took_has_no_time() {
        assertThat(Percentiles.of(List.of())).isEqualTo(new Percentiles(0, 0, 0));
    }
}
