package com.flashsale.load.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.flashsale.load.observe.SettleWatch.Observation;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SettlingTest {

    private static final UUID FIRST = new UUID(0, 1);
    private static final UUID SECOND = new UUID(0, 2);
    private static final UUID THIRD = new UUID(0, 3);
    private static final long MILLI = 1_000_000;

    @Test
    void an_order_is_settled_when_as_many_decisions_are_seen_as_came_before_it() {
        var observations =
                List.of(new Observation(0, 0), new Observation(40 * MILLI, 2), new Observation(100 * MILLI, 3));
        var due = Map.of(FIRST, 10 * MILLI, SECOND, 20 * MILLI, THIRD, 30 * MILLI);

        var micros = Settling.latencies(observations, List.of(FIRST, SECOND, THIRD), due);

        assertThat(micros.getTotalCount()).isEqualTo(3);
        assertThat(micros.getMinValue() / 1_000.0).isCloseTo(20, within(0.1));
        assertThat(micros.getMaxValue() / 1_000.0).isCloseTo(70, within(0.1));
    }

    @Test
    void a_decision_that_was_never_seen_counts_as_none() {
        var observations = List.of(new Observation(40 * MILLI, 1));

        var micros = Settling.latencies(observations, List.of(FIRST, SECOND), Map.of(FIRST, 0L, SECOND, 0L));

        assertThat(micros.getTotalCount()).isEqualTo(1);
    }

    @Test
    void the_rate_is_between_the_first_and_the_last_decision() {
        var observations =
                List.of(new Observation(0, 0), new Observation(1_000 * MILLI, 10), new Observation(3_000 * MILLI, 50));

        assertThat(Settling.rate(observations)).isCloseTo(20, within(0.001));
    }
}
