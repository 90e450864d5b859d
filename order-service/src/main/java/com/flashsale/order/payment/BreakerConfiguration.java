package com.flashsale.order.payment;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The terms of the circuit breaker before the provider: when half of the last 20 calls failed, no call goes out for two
 * seconds, and then three probes decide. The beans are made here and not by a starter, because its aspects took a
 * quarter of each service's start.
 */
@Configuration(proxyBeanMethods = false)
class BreakerConfiguration {

    private static final int WINDOW = 20;
    private static final int ENOUGH = 10;
    private static final int PROBES = 3;

    @Bean
    CircuitBreakerRegistry circuitBreakers(PaymentProviderSettings settings, MeterRegistry meters) {
        var registry = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
                .slidingWindow(WINDOW, ENOUGH, SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(50)
                .waitDurationInOpenState(settings.breakerOpen())
                .permittedNumberOfCallsInHalfOpenState(PROBES)
                .build());
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(registry).bindTo(meters);
        return registry;
    }
}
