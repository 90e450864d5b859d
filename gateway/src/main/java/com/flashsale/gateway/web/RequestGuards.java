package com.flashsale.gateway.web;

import static com.flashsale.platform.problem.ProblemTypes.UNAUTHORIZED;

import com.flashsale.gateway.auth.Caller;
import com.flashsale.gateway.auth.Grants;
import com.flashsale.gateway.auth.TokenAuthenticator;
import com.flashsale.gateway.overload.ConcurrencyLimiter;
import com.flashsale.gateway.ratelimit.RateLimits;
import com.flashsale.gateway.reactive.Timeouts;
import com.flashsale.gateway.route.Endpoint;
import com.flashsale.gateway.route.RateLimitScope;
import com.flashsale.gateway.route.RequestPriority;
import com.flashsale.gateway.route.TimeoutSettings;
import com.flashsale.platform.problem.ProblemException;
import java.time.Duration;
import java.util.function.Function;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Checks every request, the cheapest refusal first: free capacity, token, rate limit, rights and body size. A request
 * that is no stream ends within a bounded time in any case.
 */
@Component
class RequestGuards {

    /**
     * Slack on top of the exchange timeout, since token check, rate limit and body each have a time limit of their own.
     */
    private static final Duration SLACK = Duration.ofSeconds(8);

    private final TokenAuthenticator tokens;
    private final RateLimits limits;
    private final RequestBodyBuffer bodies;
    private final ConcurrencyLimiter limiter;
    private final TimeoutSettings timeouts;

    RequestGuards(
            TokenAuthenticator tokens,
            RateLimits limits,
            RequestBodyBuffer bodies,
            ConcurrencyLimiter limiter,
            TimeoutSettings timeouts) {
        this.tokens = tokens;
        this.limits = limits;
        this.bodies = bodies;
        this.limiter = limiter;
        this.timeouts = timeouts;
    }

    Mono<Void> guard(ServerWebExchange exchange, Endpoint endpoint, Function<ServerWebExchange, Mono<Void>> next) {
        var admitted = limiter.refuseIfFull(endpoint.priority())
                .then(Mono.defer(() -> tokens.identify(exchange)))
                .doOnNext(caller -> caller.attachTo(exchange))
                .flatMap(caller -> limits.charge(exchange, endpoint.rateLimit(), caller)
                        .then(Mono.defer(() -> check(exchange, endpoint, caller))))
                .then(Mono.defer(() -> bodies.read(exchange)))
                .flatMap(complete -> chargeGrant(complete, endpoint).thenReturn(complete))
                .flatMap(complete -> run(complete, endpoint, next));
        return endpoint.priority() == RequestPriority.STREAM
                ? admitted
                : Timeouts.within(timeouts.exchange().plus(SLACK), admitted);
    }

    /** Charges a grant with a client's password like a sign-in, since that password can be guessed. */
    private Mono<Void> chargeGrant(ServerWebExchange exchange, Endpoint endpoint) {
        if (endpoint.rateLimit() != RateLimitScope.TOKENS) return Mono.empty();
        var charge = Mono.defer(() -> limits.charge(exchange, RateLimitScope.SIGN_IN, Caller.of(exchange)));
        if (exchange.getRequest().getHeaders().containsHeader(HttpHeaders.AUTHORIZATION)) return charge;
        return RequestBodyBuffer.textOf(exchange).flatMap(form -> Grants.isUnguessable(form) ? Mono.empty() : charge);
    }

    private Mono<Void> run(
            ServerWebExchange exchange, Endpoint endpoint, Function<ServerWebExchange, Mono<Void>> next) {
        return limiter.run(endpoint.priority(), Caller.keyOf(exchange), timeouts.exchange(), headReady -> {
            exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(headReady));
            return next.apply(exchange);
        });
    }

    private static Mono<Void> check(ServerWebExchange exchange, Endpoint endpoint, Caller caller) {
        if (caller instanceof Caller.Anonymous && endpoint.needsToken()) {
            return unauthorized(
                    exchange, "Bearer", new ProblemException(UNAUTHORIZED, "An access token is needed here."));
        }
        var fault = caller.fault();
        if (fault == null) return Mono.empty();
        return caller instanceof Caller.InvalidToken
                ? unauthorized(exchange, Caller.INVALID_TOKEN_CHALLENGE, fault)
                : Mono.error(fault);
    }

    private static Mono<Void> unauthorized(ServerWebExchange exchange, String challenge, ProblemException fault) {
        exchange.getResponse().getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, challenge);
        return Mono.error(fault);
    }
}
