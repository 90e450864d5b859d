package com.flashsale.gateway.queue;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.web.reactive.function.server.RequestPredicates.methods;
import static org.springframework.web.reactive.function.server.RequestPredicates.path;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

@Configuration(proxyBeanMethods = false)
class QueueConfiguration {

    @Bean
    RouterFunction<ServerResponse> queueRoutes(QueueSnapshots snapshots) {
        return RouterFunctions.route()
                .route(methods(GET, HEAD).and(path("/api/v1/sales/{saleId}/queue")), snapshots::answer)
                .build();
    }
}
