package com.flashsale.gateway.storefront;

import static com.flashsale.platform.problem.ProblemTypes.NOT_FOUND;

import com.flashsale.gateway.response.UpstreamFailedException;
import com.flashsale.gateway.route.TimeoutSettings;
import com.flashsale.gateway.route.Upstream;
import com.flashsale.platform.problem.ProblemException;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.cloud.client.loadbalancer.reactive.ReactorLoadBalancerExchangeFilterFunction;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The services' OpenAPI documents, each fetched from the service that offers it. */
@Configuration(proxyBeanMethods = false)
class ApiDocumentConfiguration {

    private final WebClient http;
    private final TimeoutSettings timeouts;

    ApiDocumentConfiguration(
            WebClient http, ReactorLoadBalancerExchangeFilterFunction balancer, TimeoutSettings timeouts) {
        this.http = http.mutate().filter(balancer).build();
        this.timeouts = timeouts;
    }

    @Bean
    RouterFunction<ServerResponse> documentRoutes() {
        return RouterFunctions.route()
                .GET("/docs/openapi/{service}", this::document)
                .build();
    }

    private Mono<ServerResponse> document(ServerRequest request) {
        return upstream(request.pathVariable("service"))
                .map(service -> http.get()
                        .uri("http://" + service.service() + "/v3/api-docs")
                        .exchangeToMono(ApiDocumentConfiguration::json)
                        .timeout(timeouts.browse())
                        .flatMap(document -> ServerResponse.ok()
                                .contentType(MediaType.APPLICATION_JSON)
                                .bodyValue(document)))
                .orElseGet(ApiDocumentConfiguration::noDocument);
    }

    private static Mono<byte[]> json(ClientResponse response) {
        if (response.statusCode().is2xxSuccessful()) return response.bodyToMono(byte[].class);
        return response.releaseBody()
                .then(
                        response.statusCode().is4xxClientError()
                                ? noDocument()
                                : Mono.error(new UpstreamFailedException(response.statusCode())));
    }

    /** Finds a service by its exact name, so that no other text becomes part of an address. */
    private static Optional<Upstream> upstream(String name) {
        return Arrays.stream(Upstream.values())
                .filter(one -> one != Upstream.GATEWAY && one.service().equals(name))
                .findAny();
    }

    private static <T> Mono<T> noDocument() {
        return Mono.error(new ProblemException(NOT_FOUND, "This service offers no document."));
    }
}
