package com.flashsale.gateway.storefront;

import static com.flashsale.platform.problem.ProblemTypes.NOT_FOUND;
import static org.springframework.web.reactive.function.server.RequestPredicates.methods;
import static org.springframework.web.reactive.function.server.RequestPredicates.path;

import com.flashsale.platform.problem.ProblemException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The storefront: a few files that are read once, behind addresses that people may keep. */
@Configuration(proxyBeanMethods = false)
class PageConfiguration {

    private static final String ROOT = "/static";
    private static final String HELP = "/help.txt";

    private final Map<String, StaticFile> files = new HashMap<>();

    PageConfiguration() throws IOException {
        for (var resource : new PathMatchingResourcePatternResolver().getResources("classpath:" + ROOT + "/**/*.*")) {
            var url = resource.getURL().toString();
            files.put(url.substring(url.lastIndexOf(ROOT) + ROOT.length()), StaticFile.of(resource));
        }
    }

    @Bean
    RouterFunction<ServerResponse> pageRoutes() {
        return RouterFunctions.route()
                .route(get("/"), this::home)
                .route(get("/s/{saleId}"), request -> file("/sale.html", request))
                .route(get("/orders"), request -> file("/orders.html", request))
                .route(get("/orders/{orderId}"), request -> file("/order.html", request))
                .route(get("/callback").or(get("/callback.html")), request -> file("/callback.html", request))
                .route(get("/docs"), request -> file("/docs.html", request))
                .route(
                        get("/index.html").or(get("/favicon.svg")).or(get("/robots.txt")),
                        request -> file(request.path(), request))
                .route(get("/assets/**"), request -> file(request.path(), request))
                .build();
    }

    /** A browser gets the shop; a person at a command line gets help. */
    private Mono<ServerResponse> home(ServerRequest request) {
        var wantsPage = request.headers().header(HttpHeaders.ACCEPT).stream()
                .anyMatch(accepted -> accepted.contains(MediaType.TEXT_HTML_VALUE));
        return file(wantsPage ? "/index.html" : HELP, request);
    }

    private Mono<ServerResponse> file(String name, ServerRequest request) {
        var file = files.get(name);
        return file != null
                ? file.respond(request)
                : Mono.error(new ProblemException(NOT_FOUND, "There is no such file."));
    }

    private static RequestPredicate get(String pattern) {
        return methods(HttpMethod.GET, HttpMethod.HEAD).and(path(pattern));
    }
}
