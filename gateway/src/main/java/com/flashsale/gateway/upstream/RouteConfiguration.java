package com.flashsale.gateway.upstream;

import com.flashsale.gateway.route.Endpoint;
import com.flashsale.gateway.route.Endpoints;
import com.flashsale.gateway.route.RequestPriority;
import com.flashsale.gateway.route.Upstream;
import io.netty.channel.ChannelOption;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.cloud.gateway.config.GlobalCorsProperties;
import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.handler.FilteringWebHandler;
import org.springframework.cloud.gateway.handler.RoutePredicateHandlerMapping;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.support.RouteMetadataUtils;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClients;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One route for each service. {@code EdgeWebFilter} has already found the row of the table, so the row finds the route
 * without a look at the others.
 */
@Configuration(proxyBeanMethods = false)
@LoadBalancerClients(defaultConfiguration = LoadBalancerConfiguration.class)
class RouteConfiguration {

    /** One budget: connect 1 s, answer 2 s or 5 s ({@link UpstreamCallFilter}), whole exchange 30 s. */
    private static final Duration CONNECT = Duration.ofSeconds(1);

    /** The call has a time limit of its own, see {@link UpstreamCallFilter}. */
    private static final long NEVER = -1;

    @Bean
    HttpClientCustomizer connectTimeout() {
        return http -> http.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT.toMillis());
    }

    @Bean
    Routes routes(UpstreamCallFilter call, StaleIfErrorFilter staleIfError) {
        return new Routes(Endpoints.all().stream()
                .filter(Routes::areFor)
                .map(Kind::of)
                .distinct()
                .collect(Collectors.toUnmodifiableMap(kind -> kind, kind -> kind.route(call, staleIfError))));
    }

    @Bean
    RouteLocator routeLocator(Routes routes) {
        return () -> Flux.fromIterable(routes.byKind().values());
    }

    @Bean
    RoutePredicateHandlerMapping routePredicateHandlerMapping(
            FilteringWebHandler handler,
            RouteLocator locator,
            GlobalCorsProperties cors,
            Environment environment,
            Routes routes) {
        return new RoutePredicateHandlerMapping(handler, locator, cors, environment) {
            @Override
            protected Mono<Route> lookupRoute(ServerWebExchange exchange) {
                return Mono.justOrEmpty(routes.of(Endpoint.of(exchange)));
            }
        };
    }

    record Routes(Map<Kind, Route> byKind) {

        /** The gateway itself answers all other requests. */
        static boolean areFor(Endpoint endpoint) {
            return endpoint.upstream() != Upstream.GATEWAY && endpoint.priority() != RequestPriority.NOTHING;
        }

        Optional<Route> of(Endpoint endpoint) {
            return areFor(endpoint) ? Optional.ofNullable(byKind.get(Kind.of(endpoint))) : Optional.empty();
        }
    }

    record Kind(Upstream upstream, boolean servesStale) {

        static Kind of(Endpoint endpoint) {
            return new Kind(endpoint.upstream(), endpoint.servesStaleOnError());
        }

        Route route(UpstreamCallFilter call, StaleIfErrorFilter staleIfError) {
            return Route.async()
                    .id(upstream.service() + (servesStale ? ":kept" : ""))
                    .uri(URI.create("lb://" + upstream.service()))
                    .predicate(exchange -> Kind.of(Endpoint.of(exchange)).equals(this))
                    .metadata(RouteMetadataUtils.RESPONSE_TIMEOUT_ATTR, NEVER)
                    .filters(servesStale ? List.<GatewayFilter>of(staleIfError, call) : List.<GatewayFilter>of(call))
                    .build();
        }
    }
}
