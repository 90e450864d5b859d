package com.flashsale.gateway;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Calls of order-service, which has two instances; their circuit breakers are closed before each test. */
abstract class OrderCalls extends GatewayIT {

    @Autowired
    CircuitBreakerRegistry breakers;

    @BeforeEach
    void calm() {
        breakers.getAllCircuitBreakers().forEach(CircuitBreaker::reset);
    }

    WebTestClient.RequestHeadersSpec<?> order(String method) {
        return as(TestTokens.shopper())
                .method(HttpMethod.valueOf(method))
                .uri("/api/v1/orders")
                .bodyValue("{}");
    }

    static void everyOrder(StubService.Answer answer) {
        WORLD.order.on("/api/v1/orders", answer);
        WORLD.otherOrder.on("/api/v1/orders", answer);
    }

    static int orderCalls() {
        return WORLD.order.seen().size() + WORLD.otherOrder.seen().size();
    }
}
