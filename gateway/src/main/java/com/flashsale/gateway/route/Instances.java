package com.flashsale.gateway.route;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_LOADBALANCER_RESPONSE_ATTR;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.Response;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * Remembers for a few seconds which instances refused a connection: the registry takes up to ten seconds to notice a killed process,
 * and until then every second POST would run into it.
 */
@Component
public class Instances {

    /** The name under which an exchange carries the instance that a retry must avoid. */
    static final String AVOID = Instances.class.getName() + ".avoid";

    private static final Duration REMEMBERED = Duration.ofSeconds(5);
    private static final int MOST = 1000;

    private final Cache<String, Boolean> refusing =
            Caffeine.newBuilder().expireAfterWrite(REMEMBERED).maximumSize(MOST).build();

    public void refused(@Nullable ServiceInstance instance) {
        if (instance != null) refusing.put(address(instance), true);
    }

    /** Those that may be called now; all of them when none would be left, since a guess is better than no call. */
    List<ServiceInstance> callable(List<ServiceInstance> known, @Nullable ServiceInstance avoid) {
        if (known.size() < 2) return known;
        var callable = known.stream()
                .filter(instance -> refusing.getIfPresent(address(instance)) == null)
                .filter(instance -> avoid == null || !address(avoid).equals(address(instance)))
                .toList();
        return callable.isEmpty() ? known : callable;
    }

    /** The instance that the load balancer chose for this exchange, if it came so far. */
    static @Nullable ServiceInstance chosenFor(ServerWebExchange exchange) {
        return exchange.getAttribute(GATEWAY_LOADBALANCER_RESPONSE_ATTR) instanceof Response<?> response
                        && response.getServer() instanceof ServiceInstance instance
                ? instance
                : null;
    }

    private static String address(ServiceInstance instance) {
        return instance.getHost() + ":" + instance.getPort();
    }
}
