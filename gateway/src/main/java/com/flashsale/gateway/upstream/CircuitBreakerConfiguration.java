package com.flashsale.gateway.upstream;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The terms of the circuit breakers. Each instance has its own: when half of at least ten calls failed, the instance
 * gets no calls for two seconds while the other instances do.
 */
@Configuration(proxyBeanMethods = false)
class CircuitBreakerConfiguration {

    static final Duration OPEN = Duration.ofSeconds(2);

    /**
     * Longer than any probe may take, so that a lost probe cannot keep a breaker half open. Then the breaker closes:
     * while too few customers come for five probes, nothing speaks against the instance.
     */
    private static final Duration LONGEST_HALF_OPEN = Duration.ofSeconds(10);

    private static final int WINDOW = 50;
    private static final int ENOUGH = 10;
    private static final int PROBES = 5;

    @Bean
    CircuitBreakerRegistry circuitBreakers(MeterRegistry meters) {
        var registry = CircuitBreakerRegistry.of(terms(OPEN, LONGEST_HALF_OPEN));
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(registry).bindTo(meters);
        return registry;
    }

    static CircuitBreakerConfig terms(Duration open, Duration longestHalfOpen) {
        return CircuitBreakerConfig.custom()
                .slidingWindowSize(WINDOW)
                .minimumNumberOfCalls(ENOUGH)
                .failureRateThreshold(50)
                .waitDurationInOpenState(open)
                .permittedNumberOfCallsInHalfOpenState(PROBES)
                .maxWaitDurationInHalfOpenState(longestHalfOpen)
                .transitionToStateAfterWaitDuration(CircuitBreaker.State.CLOSED)
                .build();
    }
}
