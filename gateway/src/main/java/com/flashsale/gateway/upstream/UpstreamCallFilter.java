package com.flashsale.gateway.upstream;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.CLIENT_RESPONSE_CONN_ATTR;
import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.PRESERVE_HOST_HEADER_ATTRIBUTE;

import com.flashsale.gateway.auth.Caller;
import com.flashsale.gateway.reactive.Timeouts;
import com.flashsale.gateway.response.ProblemWriter;
import com.flashsale.gateway.response.UpstreamFailedException;
import com.flashsale.gateway.route.Endpoint;
import com.flashsale.gateway.route.RequestPriority;
import com.flashsale.gateway.route.TimeoutSettings;
import java.io.IOException;
import java.net.ConnectException;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;

/**
 * One call of a service, with one retry on another instance for reads and for refused connections. It ends when the
 * head of the response is there and nothing is written yet, so that a failure can still become another response.
 * Anything but a read is sent at most once.
 */
@Component
class UpstreamCallFilter implements GatewayFilter, Ordered {

    /** Inside the filter that writes the response (-1), outside the choice of an instance (10150). */
    private static final int ORDER = 10;

    private final Instances instances;
    private final TimeoutSettings timeouts;
    private final RetryBudget retries;

    UpstreamCallFilter(Instances instances, RetryBudget retries, TimeoutSettings timeouts) {
        this.retries = retries;
        this.instances = instances;
        this.timeouts = timeouts;
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        exchange.getAttributes().put(PRESERVE_HOST_HEADER_ATTRIBUTE, true);
        retries.earn();
        return attempt(exchange, chain, null)
                .then(Mono.defer(
                        () -> isBusy(exchange) && mayRetry(exchange) ? Mono.error(new Busy()) : Mono.<Void>empty()))
                .onErrorResume(failure -> mayRetryAfter(failure, exchange), _ -> again(exchange, chain))
                .then(Mono.defer(() -> passOn(exchange)));
    }

    private Mono<Void> again(ServerWebExchange exchange, GatewayFilterChain chain) {
        var before = Instances.chosenFor(exchange);
        // the first answer is not read any further, so its connection is of no more use
        if (exchange.getAttribute(CLIENT_RESPONSE_CONN_ATTR) instanceof Connection unread) unread.dispose();
        ServerWebExchangeUtils.reset(exchange);
        return attempt(exchange, chain, before);
    }

    private Mono<Void> attempt(ServerWebExchange exchange, GatewayFilterChain chain, @Nullable ServiceInstance avoid) {
        return Mono.defer(() -> {
            var priority = Endpoint.of(exchange).priority();
            var attempt = new Attempt(avoid, priority != RequestPriority.STREAM);
            exchange.getAttributes().put(Attempt.ATTRIBUTE, attempt);
            return Timeouts.within(timeouts.of(priority), chain.filter(exchange))
                    .doOnSuccess(_ -> judge(exchange, attempt))
                    .doOnError(failure -> {
                        attempt.failed(failure, Caller.keyOf(exchange));
                        if (failure instanceof ConnectException) instances.refused(Instances.chosenFor(exchange));
                    })
                    .doOnCancel(attempt::abandoned);
        });
    }

    /** A 503 from a service that sheds load is no failure: an open breaker would refuse all requests. */
    private static void judge(ServerWebExchange exchange, Attempt attempt) {
        var status = exchange.getResponse().getStatusCode();
        if (status != null && status.is5xxServerError() && !isBusy(exchange)) {
            attempt.failed(new UpstreamFailedException(status), Caller.keyOf(exchange));
        } else {
            attempt.succeeded();
        }
    }

    /**
     * Passes a failure with a problem document to the client as it is; other failures become a problem of the gateway.
     */
    private static Mono<Void> passOn(ServerWebExchange exchange) {
        var status = exchange.getResponse().getStatusCode();
        if (status == null || !status.isError()) return Mono.empty();
        var type = exchange.getResponse().getHeaders().getContentType();
        var explained = MediaType.APPLICATION_PROBLEM_JSON.isCompatibleWith(type);
        if (explained && ProblemWriter.isForPerson(exchange)) return Mono.error(new UpstreamFailedException(status));
        if (!status.is5xxServerError()) return Mono.empty();
        return explained && !Endpoint.of(exchange).servesStaleOnError()
                ? Mono.empty()
                : Mono.error(new UpstreamFailedException(status));
    }

    private boolean mayRetryAfter(Throwable failure, ServerWebExchange exchange) {
        // without a connection nothing was sent, so a second attempt repeats nothing
        return failure instanceof Busy
                || (failure instanceof ConnectException && retries.spend())
                || (isLost(failure) && mayRetry(exchange));
    }

    private boolean mayRetry(ServerWebExchange exchange) {
        return HttpMethod.GET.equals(exchange.getRequest().getMethod()) && retries.spend();
    }

    private static boolean isBusy(ServerWebExchange exchange) {
        return HttpStatus.SERVICE_UNAVAILABLE.equals(exchange.getResponse().getStatusCode());
    }

    /**
     * Whether the instance could not be reached or went away before it answered. A timeout does not count: a second one
     * would break the time budget.
     */
    private static boolean isLost(Throwable failure) {
        return failure instanceof IOException;
    }

    private static final class Busy extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Busy() {
            super(null, null, false, false);
        }
    }
}
