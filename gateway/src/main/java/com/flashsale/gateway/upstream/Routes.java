package com.flashsale.gateway.upstream;

import com.flashsale.gateway.route.Cost;
import com.flashsale.gateway.route.Endpoint;
import com.flashsale.gateway.route.Endpoints;
import com.flashsale.gateway.route.Upstream;
import java.net.URI;
import java.util.List;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.support.RouteMetadataUtils;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClients;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Flux;

/** One route for each service. The front door has already found the row of the table, so a route only compares it. */
@Configuration(proxyBeanMethods = false)
@LoadBalancerClients(defaultConfiguration = RoundRobinConfiguration.class)
class Routes {

    /** The call has a time limit of its own, see {@link UpstreamCall}. */
    private static final long NEVER = -1;

    @Bean
    RouteLocator routeLocator(UpstreamCall call, LastGood lastGood) {
        var kinds = Endpoints.all().stream()
                .filter(endpoint -> endpoint.upstream() != Upstream.GATEWAY && endpoint.cost() != Cost.NOTHING)
                .map(endpoint -> new Kind(endpoint.upstream(), endpoint.keepsLastGood()))
                .distinct()
                .map(kind -> kind.route(call, lastGood))
                .toList();
        return () -> Flux.fromIterable(kinds);
    }

    private record Kind(Upstream upstream, boolean keepsLastGood) {

        Route route(UpstreamCall call, LastGood lastGood) {
            return Route.async()
                    .id(upstream.service() + (keepsLastGood ? ":kept" : ""))
                    .uri(URI.create("lb://" + upstream.service()))
                    .predicate(exchange -> fits(Endpoint.of(exchange)))
                    .metadata(RouteMetadataUtils.RESPONSE_TIMEOUT_ATTR, NEVER)
                    .filters(keepsLastGood ? List.<GatewayFilter>of(lastGood, call) : List.<GatewayFilter>of(call))
                    .build();
        }

        private boolean fits(Endpoint endpoint) {
            return endpoint.upstream() == upstream
                    && endpoint.cost() != Cost.NOTHING
                    && endpoint.keepsLastGood() == keepsLastGood;
        }
    }
}
