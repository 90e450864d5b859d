package com.flashsale.gateway.route;

import com.flashsale.gateway.fallback.LastGood;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.support.RouteMetadataUtils;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClients;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Flux;

/** One route for each service and time budget. The front door has already found the row of the table, so a route only compares it. */
@Configuration(proxyBeanMethods = false)
@LoadBalancerClients(defaultConfiguration = RoundRobinConfiguration.class)
class Routes {

    private static final Duration NEVER = Duration.ofMillis(-1);

    @Bean
    RouteLocator routeLocator(TimeoutSettings timeouts, UpstreamCall call, LastGood lastGood) {
        var kinds = Endpoints.all().stream()
                .filter(endpoint -> endpoint.upstream() != Upstream.GATEWAY && endpoint.cost() != Cost.NOTHING)
                .map(endpoint -> new Kind(endpoint.upstream(), timeoutOf(endpoint, timeouts), endpoint.keepsLastGood()))
                .distinct()
                .map(kind -> kind.route(timeouts, call, lastGood))
                .toList();
        return () -> Flux.fromIterable(kinds);
    }

    private static Duration timeoutOf(Endpoint endpoint, TimeoutSettings timeouts) {
        return switch (endpoint.cost()) {
            case NOTHING, STREAM -> NEVER;
            case BROWSE -> timeouts.browse();
            case JOIN, ORDER, PAY -> timeouts.answer();
        };
    }

    private record Kind(Upstream upstream, Duration timeout, boolean keepsLastGood) {

        Route route(TimeoutSettings timeouts, UpstreamCall call, LastGood lastGood) {
            return Route.async()
                    .id(upstream.service() + ":" + timeout + (keepsLastGood ? ":kept" : ""))
                    .uri(URI.create("lb://" + upstream.service()))
                    .predicate(exchange -> fits(Endpoint.of(exchange), timeouts))
                    .metadata(RouteMetadataUtils.RESPONSE_TIMEOUT_ATTR, timeout.toMillis())
                    .filters(keepsLastGood ? List.<GatewayFilter>of(lastGood, call) : List.<GatewayFilter>of(call))
                    .build();
        }

        private boolean fits(Endpoint endpoint, TimeoutSettings timeouts) {
            return endpoint.upstream() == upstream
                    && endpoint.cost() != Cost.NOTHING
                    && endpoint.keepsLastGood() == keepsLastGood
                    && timeoutOf(endpoint, timeouts).equals(timeout);
        }
    }
}
