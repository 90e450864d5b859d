package com.flashsale.gateway;

import com.flashsale.gateway.fastpath.FastPathForwarder;
import com.flashsale.platform.switches.Switches;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.Lifecycle;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.http.client.ReactorResourceFactory;

/** A second gateway in the same world, with a setting of its own. */
final class OtherGateway implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    private final Lifecycle forwarder;

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
                .initializers(context -> ((GenericApplicationContext) context)
                        .registerBean(ReactorResourceFactory.class, OtherGateway::ownLoops))
                .run();
        forwarder = (Lifecycle) context.getBean(FastPathForwarder.class);
    }

    /** The end of a gateway ends its event loops, and the usual ones are also those of the stub services. */
    private static ReactorResourceFactory ownLoops() {
        var loops = new ReactorResourceFactory();
        loops.setUseGlobalResources(false);
        loops.setShutdownQuietPeriod(Duration.ZERO);
        return loops;
    }

    int port() {
        return Integer.parseInt(Objects.requireNonNull(context.getEnvironment().getProperty("local.server.port")));
    }

    /** Whether it forwards requests on the connection; the first step of its shutdown ends that. */
    boolean isForwarding() {
        return forwarder.isRunning();
    }

    Switches switches() {
        return context.getBean(Switches.class);
    }

    void closeBreakers() {
        context.getBean(CircuitBreakerRegistry.class).getAllCircuitBreakers().forEach(CircuitBreaker::reset);
    }

    @Override
    public void close() {
        context.close();
    }
}
