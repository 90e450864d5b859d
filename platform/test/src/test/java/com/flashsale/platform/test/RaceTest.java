package com.flashsale.platform.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RaceTest {

    @Test
    void all_run_at_the_same_time_and_every_outcome_is_returned() {
        // no action gets through this barrier unless all are there
        var barrier = new CyclicBarrier(50);
        var outcomes = Race.allAtOnce(50, () -> barrier.await(10, TimeUnit.SECONDS));
        assertThat(outcomes).hasSize(50).doesNotHaveDuplicates();
    }

    @Test
    void different_actions_return_in_their_order() {
        assertThat(Race.<String>allAtOnce(List.of(() -> "first", () -> "second")))
                .containsExactly("first", "second");
    }

    @Test
    void one_failure_fails_the_race_and_is_its_cause() {
        assertThatThrownBy(() -> Race.allAtOnce(3, () -> {
                    throw new IllegalStateException("stumbled");
                }))
                .isInstanceOf(AssertionError.class)
                .hasRootCauseInstanceOf(IllegalStateException.class);
    }
}
