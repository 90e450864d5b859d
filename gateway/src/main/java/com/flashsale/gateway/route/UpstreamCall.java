package com.flashsale.gateway.route;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.CLIENT_RESPONSE_CONN_ATTR;
import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.PRESERVE_HOST_HEADER_ATTRIBUTE;

import com.flashsale.gateway.load.Deadline;
import com.flashsale.gateway.problem.UpstreamFailedException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.TimeUnit;
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
 * One call of a service: its circuit breaker, and for reads one retry on another instance. It ends when the head of the response is there
 * and nothing is written yet, so that a failure can still become another answer. Anything but a read is sent at most once.
 */
@Component
class UpstreamCall implements GatewayFilter, Ordered {

    /** Inside the filter that writes the response (-1), outside the choice of an instance (10150). */
    private static final int ORDER = 10;

    private final CircuitBreakerRegistry breakers;
    private final Instances instances;
    private final TimeoutSettings timeouts;
    private final RetryBudget retries = new RetryBudget();

    UpstreamCall(CircuitBreakerRegistry breakers, Instances instances, TimeoutSettings timeouts) {
        this.breakers = breakers;
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
        return attempt(exchange, chain)
                .then(Mono.defer(
                        () -> isBusy(exchange) && mayRetry(exchange) ? Mono.error(new Busy()) : Mono.<Void>empty()))
                .onErrorResume(
                        failure -> failure instanceof Busy || (isLost(failure) && mayRetry(exchange)),
                        _ -> again(exchange, chain))
                .then(Mono.defer(() -> passOn(exchange)));
    }

    private Mono<Void> again(ServerWebExchange exchange, GatewayFilterChain chain) {
        var before = Instances.chosenFor(exchange);
        if (before != null) exchange.getAttributes().put(Instances.AVOID, before);
        // the first answer is not read any further, so its connection is of no more use
        if (exchange.getAttribute(CLIENT_RESPONSE_CONN_ATTR) instanceof Connection unread) unread.dispose();
        ServerWebExchangeUtils.reset(exchange);
        return attempt(exchange, chain);
    }

    private Mono<Void> attempt(ServerWebExchange exchange, GatewayFilterChain chain) {
        return Mono.defer(() -> {
            var breaker =
                    breakers.circuitBreaker(Endpoint.of(exchange).upstream().service());
            if (!breaker.tryAcquirePermission()) {
                return Mono.error(CallNotPermittedException.createCallNotPermittedException(breaker));
            }
            var begun = System.nanoTime();
            return answered(exchange, chain)
                    .doOnSuccess(_ -> judge(exchange, breaker, System.nanoTime() - begun))
                    .doOnError(failure -> {
                        breaker.onError(System.nanoTime() - begun, TimeUnit.NANOSECONDS, failure);
                        if (failure instanceof ConnectException) instances.refused(Instances.chosenFor(exchange));
                    })
                    .doOnCancel(breaker::releasePermission);
        });
    }

    /** Ends with the head of the response, or late. */
    private Mono<Void> answered(ServerWebExchange exchange, GatewayFilterChain chain) {
        var patience = timeouts.of(Endpoint.of(exchange).cost());
        var call = chain.filter(exchange);
        return patience == null ? call : Deadline.within(patience, call);
    }

    /** A service that sheds load (503) works as it should: opening the breaker would make it refuse everybody. */
    private static void judge(ServerWebExchange exchange, CircuitBreaker breaker, long nanos) {
        var status = exchange.getResponse().getStatusCode();
        if (status != null && status.is5xxServerError() && !isBusy(exchange)) {
            breaker.onError(nanos, TimeUnit.NANOSECONDS, new UpstreamFailedException(status));
        } else {
            breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
        }
    }

    /** A failure that explains itself goes to the client as it is; the others become an answer of ours. */
    private static Mono<Void> passOn(ServerWebExchange exchange) {
        var status = exchange.getResponse().getStatusCode();
        if (status == null || !status.is5xxServerError()) return Mono.empty();
        var type = exchange.getResponse().getHeaders().getContentType();
        var explained = MediaType.APPLICATION_PROBLEM_JSON.isCompatibleWith(type);
        return explained && !Endpoint.of(exchange).keepsLastGood()
                ? Mono.empty()
                : Mono.error(new UpstreamFailedException(status));
    }

    private boolean mayRetry(ServerWebExchange exchange) {
        return HttpMethod.GET.equals(exchange.getRequest().getMethod()) && retries.spend();
    }

    private static boolean isBusy(ServerWebExchange exchange) {
        return HttpStatus.SERVICE_UNAVAILABLE.equals(exchange.getResponse().getStatusCode());
    }

    /** The instance could not be reached or went away before it answered. A timeout is none: a second one would break the time budget. */
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
