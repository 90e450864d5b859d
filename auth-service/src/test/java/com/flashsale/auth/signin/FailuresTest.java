package com.flashsale.auth.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FailuresTest {

    static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    static final Failures.Allowance FIVE = new Failures.Allowance(5, Duration.ofMinutes(1));

    @Test
    void the_first_attempts_are_free() {
        assertThat(waitAfter(0)).isZero();
        assertThat(waitAfter(4)).isZero();
    }

    @Test
    void each_further_failure_doubles_the_wait_up_to_a_limit() {
        assertThat(waitAfter(5)).hasSeconds(1);
        assertThat(waitAfter(6)).hasSeconds(2);
        assertThat(waitAfter(10)).hasSeconds(32);
        assertThat(waitAfter(11)).hasSeconds(60);
        assertThat(waitAfter(1_000)).hasSeconds(60);
    }

    @Test
    void at_the_end_of_the_wait_it_is_over() {
        assertThat(new Failures(5, NOON).waitAt(NOON.plusSeconds(1), FIVE)).isZero();
    }

    @Test
    void one_failure_is_forgotten_every_three_minutes() {
        var now = NOON.plus(Duration.ofMinutes(9));

        assertThat(new Failures(8, NOON).oneMore(now, FIVE).count()).isEqualTo(6);
        assertThat(new Failures(3, NOON).oneMore(now, FIVE).count()).isEqualTo(1);
        assertThat(new Failures(1, NOON).oneMore(now, FIVE).count()).isEqualTo(1);
    }

    private static Duration waitAfter(int count) {
        return new Failures(count, NOON).waitAt(NOON, FIVE);
    }
}
