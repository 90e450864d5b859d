package com.flashsale.control.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.control.figures.Metrics;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplicaTest {

    private static final long SECOND = 1_000_000_000L;

    private final Replica replica = new Replica();

    private void reads(double paid, long seconds) {
        var text = "orders_reached_total{state=\"PAID\"} " + paid + "\n";
        replica.take(new Source.Reading<>(Metrics.of(text), seconds * SECOND));
    }

    private Map<String, Double> paidPerSecond() {
        return replica.perSecond("orders_reached_total");
    }

    @Test
    void a_first_reading_has_no_rate() {
        reads(100, 1);

        assertThat(paidPerSecond()).isEmpty();
    }

    @Test
    void a_rate_is_the_growth_over_the_time_between() {
        reads(100, 1);
        reads(110, 3);

        assertThat(paidPerSecond()).containsOnly(Map.entry("PAID", 5.0));
    }

    @Test
    void the_same_reading_twice_changes_nothing() {
        reads(100, 1);
        reads(110, 2);
        reads(110, 2);

        assertThat(paidPerSecond()).containsOnly(Map.entry("PAID", 10.0));
    }

    @Test
    void a_counter_that_fell_has_started_again() {
        reads(100, 1);
        reads(4, 2);

        assertThat(paidPerSecond()).containsOnly(Map.entry("PAID", 4.0));
    }

    @Test
    void after_a_pause_rates_begin_anew() {
        reads(100, 1);
        replica.forget();
        reads(900, 60);

        assertThat(paidPerSecond()).isEmpty();
    }
}
