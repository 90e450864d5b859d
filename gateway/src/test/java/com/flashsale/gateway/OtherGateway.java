package com.flashsale.gateway;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** A second gateway in the same world, with a setting of its own. */
final class OtherGateway implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    OtherGateway(World world, Map<String, Object> settings) {
        var properties = new HashMap<String, Object>(Map.of(
                "server.port", "0",
                "gateway.edge.trusted-proxies", "127.0.0.1/32",
                "gateway.timeout.browse", "500ms",
                "gateway.timeout.answer", "1s",
                "gateway.timeout.exchange", "5s",
                "gateway.load.body-timeout", "500ms",
                "gateway.token.proof-keys", GatewayIT.PROOF_KEYS));
        world.describe((name, value) -> properties.put(name, Objects.requireNonNull(value.get())));
        properties.putAll(settings);
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("other gateway", properties));
        context = new SpringApplicationBuilder(GatewayApplication.class)
                .environment(environment)
                .run();
    }

    int port() {
        return Integer.parseInt(Objects.requireNonNull(context.getEnvironment().getProperty("local.server.port")));
    }

    /** Whether its shutdown has not begun. */
    boolean isRunning() {
        return context.isRunning();
    }

    void closeBreakers() {
        context.getBean(CircuitBreakerRegistry.class).getAllCircuitBreakers().forEach(CircuitBreaker::reset);
    }

    @Override
    public void close() {
        context.close();
    }
}
