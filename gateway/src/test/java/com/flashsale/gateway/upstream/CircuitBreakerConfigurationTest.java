package com.flashsale.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CircuitBreakerConfigurationTest {

    private static final Duration OPEN = Duration.ofMillis(20);
    private static final Duration LONGEST_HALF_OPEN = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final CircuitBreaker breaker =
            CircuitBreaker.of("one", CircuitBreakerConfiguration.terms(OPEN, LONGEST_HALF_OPEN));

    @Test
    void half_of_ten_failed_calls_open_it() {
        for (var i = 0; i < 5; i++) {
            succeed();
            if (i < 4) fail();
        }
        assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);

        fail();
        assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.OPEN);
    }

    /** A service with few requests never makes five probes in ten seconds. */
    @Test
    void few_good_probes_never_open_it_again() {
        untilHalfOpen();
        succeed();

        await().atMost(PATIENCE).until(() -> breaker.getState() != CircuitBreaker.State.HALF_OPEN);

        assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
    }

    @Test
    void lost_probes_refuse_no_more_calls_than_for_the_longest_time() {
        untilHalfOpen();
        while (breaker.tryAcquirePermission()) assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.HALF_OPEN);

        await().atMost(PATIENCE).until(breaker::tryAcquirePermission);
    }

    @Test
    void failed_probes_open_it_again() {
        untilHalfOpen();
        for (var i = 0; i < 5; i++) fail();

        assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.OPEN);
    }

    private void untilHalfOpen() {
        breaker.transitionToOpenState();
        await().atMost(PATIENCE).until(breaker::tryAcquirePermission);
        breaker.releasePermission();
        assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.HALF_OPEN);
    }

    private void succeed() {
        breaker.onSuccess(1, TimeUnit.MILLISECONDS);
    }

    private void fail() {
        breaker.onError(1, TimeUnit.MILLISECONDS, new IOException("gone"));
    }
}
