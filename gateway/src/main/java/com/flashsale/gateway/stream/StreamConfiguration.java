package com.flashsale.gateway.stream;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.web.reactive.function.server.RequestPredicates.methods;
import static org.springframework.web.reactive.function.server.RequestPredicates.path;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

@Configuration(proxyBeanMethods = false)
class StreamConfiguration {

    @Bean
    RouterFunction<ServerResponse> queueStreamRoutes(QueueStreamHandler stream) {
        return RouterFunctions.route()
                .route(methods(GET).and(path("/api/v1/sales/{saleId}/queue/events")), stream::open)
                .build();
    }
}
