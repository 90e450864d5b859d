package com.flashsale.gateway.web;

import static com.flashsale.platform.problem.ProblemTypes.INVALID_REQUEST;
import static com.flashsale.platform.problem.ProblemTypes.METHOD_NOT_ALLOWED;
import static com.flashsale.platform.problem.ProblemTypes.NOT_FOUND;

import com.flashsale.gateway.client.CanonicalPath;
import com.flashsale.gateway.client.Clients;
import com.flashsale.gateway.client.Trace;
import com.flashsale.gateway.response.AccessLog;
import com.flashsale.gateway.response.ProblemWriter;
import com.flashsale.gateway.response.ResponseHeaders;
import com.flashsale.gateway.route.Endpoints;
import com.flashsale.gateway.route.Match;
import com.flashsale.gateway.switches.StoppedRequests;
import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemType;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.channel.ChannelOperations;

/**
 * The entry point of each request that the connection has neither answered nor forwarded. It matches the request
 * against the table of endpoints, applies the checks of {@link RequestGuards}, and answers by a route, the queue's
 * snapshot or a page. A failure on the way becomes a problem document here.
 */
@Component
class EdgeWebFilter implements WebFilter {

    private final Clients clients;
    private final RequestGuards guards;
    private final StoppedRequests stopped;
    private final ResponseHeaders responseHeaders;
    private final ProblemWriter problems;
    private final AccessLog accessLog;
    private volatile int port = -1;

    EdgeWebFilter(
            Clients clients,
            RequestGuards guards,
            StoppedRequests stopped,
            ResponseHeaders responseHeaders,
            ProblemWriter problems,
            AccessLog accessLog) {
        this.clients = clients;
        this.guards = guards;
        this.stopped = stopped;
        this.responseHeaders = responseHeaders;
        this.problems = problems;
        this.accessLog = accessLog;
    }

    /** The management server shares this application's filters but is not part of the public surface. */
    @EventListener
    void listensOn(ReactiveWebServerInitializedEvent event) {
        if (event.getApplicationContext().getServerNamespace() == null)
            port = event.getWebServer().getPort();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var local = exchange.getRequest().getLocalAddress();
        if (local != null && local.getPort() != port) return chain.filter(exchange);
        var begun = System.nanoTime();
        return Mono.defer(() -> enter(exchange, chain))
                .onErrorResume(failure -> problems.answer(exchange, failure, Trace.of(exchange)))
                .doFinally(end -> accessLog.write(exchange, end, System.nanoTime() - begun))
                .subscribeOn(nextTurnOf(exchange));
    }

    /**
     * The exchange's own event loop, one turn later. Reactor Netty up to 1.3.7 stops reading a kept-alive connection
     * for ever when a queued request is answered during its hand-over (reactor-netty#4361). One turn later no response
     * is that early.
     */
    private static Scheduler nextTurnOf(ServerWebExchange exchange) {
        return ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest())
                        instanceof ChannelOperations<?, ?> request
                ? Schedulers.fromExecutor(request.channel().eventLoop())
                : Schedulers.immediate();
    }

    private Mono<Void> enter(ServerWebExchange exchange, WebFilterChain chain) {
        clients.identify(exchange);
        responseHeaders.addTo(exchange);
        var path = exchange.getRequest().getPath();
        var match = CanonicalPath.isCanonical(path.value())
                ? Endpoints.match(exchange.getRequest().getMethod(), path.pathWithinApplication())
                : new Match.Malformed();
        var endpoint = match.endpointOrUnknown();
        endpoint.attachTo(exchange);
        ServerRequestObservationContext.findCurrent(exchange.getAttributes())
                .ifPresent(observation -> observation.setPathPattern(endpoint.template()));
        return guards.guard(exchange, endpoint, admitted -> switch (match) {
            case Match.Found _ -> pass(admitted, chain);
            case Match.WrongMethod(var allowed) -> {
                exchange.getResponse().getHeaders().setAllow(allowed);
                yield refuse(METHOD_NOT_ALLOWED, "Use one of the methods that the Allow header lists.");
            }
            case Match.Options(var allowed) -> {
                exchange.getResponse().getHeaders().setAllow(allowed);
                exchange.getResponse().setStatusCode(HttpStatus.NO_CONTENT);
                yield exchange.getResponse().setComplete();
            }
            case Match.Unknown _ -> refuse(NOT_FOUND, "There is nothing at this path.");
            case Match.Malformed _ -> refuse(INVALID_REQUEST, "A path has plain letters, digits, hyphens and dots.");
        });
    }

    private Mono<Void> pass(ServerWebExchange admitted, WebFilterChain chain) {
        var request = admitted.getRequest();
        var refusal = stopped.refusalOf(request.getMethod(), request.getPath().pathWithinApplication());
        return refusal == null ? chain.filter(admitted) : Mono.error(refusal);
    }

    private static Mono<Void> refuse(ProblemType type, String detail) {
        return Mono.error(new ProblemException(type, detail));
    }
}
