package com.flashsale.gateway.route;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One circuit breaker for each service: half of at least 20 calls failed, so spare the service and its callers for two seconds. */
@Configuration(proxyBeanMethods = false)
class Breakers {

    static final Duration OPEN = Duration.ofSeconds(2);

    private static final int WINDOW = 50;
    private static final int ENOUGH = 20;
    private static final int PROBES = 5;

    @Bean
    CircuitBreakerRegistry circuitBreakers(MeterRegistry meters) {
        var registry = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
                .slidingWindowSize(WINDOW)
                .minimumNumberOfCalls(ENOUGH)
                .failureRateThreshold(50)
                .waitDurationInOpenState(OPEN)
                .permittedNumberOfCallsInHalfOpenState(PROBES)
                .build());
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(registry).bindTo(meters);
        return registry;
    }
}
