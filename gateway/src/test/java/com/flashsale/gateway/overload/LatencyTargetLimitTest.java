package com.flashsale.gateway.overload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LatencyTargetLimitTest {

    private static final Duration TARGET = Duration.ofMillis(250);

    private long now;
    private final LatencyTargetLimit limit = new LatencyTargetLimit(200, 500, TARGET, TARGET, () -> now);

    @Test
    void the_limit_moves_with_five_requests_a_second() {
        sample(100, Duration.ofMillis(200), Duration.ofSeconds(1));
        assertThat(limit.get()).isEqualTo(200);

        sample(600, Duration.ofMillis(200), Duration.ofMillis(5));
        assertThat(limit.get()).isGreaterThan(400);
    }

    @Test
    void one_timeout_among_quick_responses_is_no_reason_to_let_fewer_in() {
        for (var i = 0; i < 20; i++) {
            sample(50, Duration.ofMillis(5), Duration.ofMillis(10));
            sample(1, Duration.ofMillis(5), Duration.ofSeconds(5));
        }

        assertThat(limit.get()).isEqualTo(500);
    }

    private void sample(int times, Duration apart, Duration time) {
        for (var i = 0; i < times; i++) {
            now += apart.toNanos();
            limit.sample(time.toNanos());
        }
    }
}
