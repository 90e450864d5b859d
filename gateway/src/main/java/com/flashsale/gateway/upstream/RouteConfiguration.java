package com.flashsale.gateway.upstream;

import com.flashsale.gateway.route.Endpoint;
import com.flashsale.gateway.route.Endpoints;
import com.flashsale.gateway.route.RequestPriority;
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

/**
 * One route for each service. {@code EdgeWebFilter} has already found the row of the table, so a route only compares
 * it.
 */
@Configuration(proxyBeanMethods = false)
@LoadBalancerClients(defaultConfiguration = LoadBalancerConfiguration.class)
class RouteConfiguration {

    /** The call has a time limit of its own, see {@link UpstreamCallFilter}. */
    private static final long NEVER = -1;

    @Bean
    RouteLocator routeLocator(UpstreamCallFilter call, StaleIfErrorFilter staleIfError) {
        var kinds = Endpoints.all().stream()
                .filter(endpoint ->
                        endpoint.upstream() != Upstream.GATEWAY && endpoint.priority() != RequestPriority.NOTHING)
                .map(endpoint -> new Kind(endpoint.upstream(), endpoint.servesStaleOnError()))
                .distinct()
                .map(kind -> kind.route(call, staleIfError))
                .toList();
        return () -> Flux.fromIterable(kinds);
    }

    private record Kind(Upstream upstream, boolean servesStale) {

        Route route(UpstreamCallFilter call, StaleIfErrorFilter staleIfError) {
            return Route.async()
                    .id(upstream.service() + (servesStale ? ":kept" : ""))
                    .uri(URI.create("lb://" + upstream.service()))
                    .predicate(exchange -> fits(Endpoint.of(exchange)))
                    .metadata(RouteMetadataUtils.RESPONSE_TIMEOUT_ATTR, NEVER)
                    .filters(servesStale ? List.<GatewayFilter>of(staleIfError, call) : List.<GatewayFilter>of(call))
                    .build();
        }

        private boolean fits(Endpoint endpoint) {
            return endpoint.upstream() == upstream
                    && endpoint.priority() != RequestPriority.NOTHING
                    && endpoint.servesStaleOnError() == servesStale;
        }
    }
}
