package com.flashsale.gateway.upstream;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_LOADBALANCER_RESPONSE_ATTR;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.Response;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * The gateway's own knowledge of the instances from its calls: refused connections of the last seconds, and the outcome
 * of recent calls. The registry takes up to ten seconds to notice a killed process and never notices a sick one.
 */
@Component
public class Instances {

    private static final Duration REFUSING = Duration.ofSeconds(5);
    private static final Duration UNUSED = Duration.ofMinutes(10);
    private static final int MOST = 1000;

    private final Cache<String, Boolean> refusing =
            Caffeine.newBuilder().expireAfterWrite(REFUSING).maximumSize(MOST).build();
    private final Cache<String, InstanceHealth> healths;
    private final CircuitBreakerRegistry breakers;
    private final KnownInstances known;

    Instances(CircuitBreakerRegistry breakers, KnownInstances known) {
        this.breakers = breakers;
        this.known = known;
        healths = Caffeine.newBuilder()
                .expireAfterAccess(UNUSED)
                .maximumSize(MOST)
                .<String, InstanceHealth>removalListener((name, _, _) -> {
                    if (name != null) breakers.remove(name);
                })
                .build();
    }

    void refused(@Nullable ServiceInstance instance) {
        if (instance == null) return;
        refusing.put(address(instance), true);
        known.failed(instance);
    }

    InstanceHealth healthOf(ServiceInstance instance) {
        return healths.get(
                instance.getServiceId() + "@" + address(instance),
                name -> new InstanceHealth(breakers.circuitBreaker(name)));
    }

    /**
     * The instances that accept connections; all of them when none would be left, since a guess is better than no call.
     */
    List<ServiceInstance> reachable(List<ServiceInstance> listed, @Nullable ServiceInstance avoid) {
        if (listed.size() < 2) return listed;
        var reachable = listed.stream()
                .filter(instance -> refusing.getIfPresent(address(instance)) == null)
                .filter(instance -> avoid == null || !address(avoid).equals(address(instance)))
                .toList();
        return reachable.isEmpty() ? listed : reachable;
    }

    /** The instance that the load balancer chose for this exchange, if it came so far. */
    static @Nullable ServiceInstance chosenFor(ServerWebExchange exchange) {
        return exchange.getAttribute(GATEWAY_LOADBALANCER_RESPONSE_ATTR) instanceof Response<?> response
                        && response.getServer() instanceof ServiceInstance instance
                ? instance
                : null;
    }

    static String address(ServiceInstance instance) {
        return instance.getHost() + ":" + instance.getPort();
    }
}
