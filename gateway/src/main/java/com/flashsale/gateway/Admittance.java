package com.flashsale.gateway;

import static com.flashsale.platform.problem.ProblemTypes.SERVICE_UNAVAILABLE;
import static com.flashsale.platform.problem.ProblemTypes.UNAUTHORIZED;

import com.flashsale.gateway.limit.RateLimits;
import com.flashsale.gateway.load.Bodies;
import com.flashsale.gateway.load.Deadline;
import com.flashsale.gateway.load.InFlight;
import com.flashsale.gateway.route.Cost;
import com.flashsale.gateway.route.Endpoint;
import com.flashsale.gateway.route.TimeoutSettings;
import com.flashsale.gateway.token.Caller;
import com.flashsale.gateway.token.TokenCheck;
import com.flashsale.platform.problem.ProblemException;
import java.time.Duration;
import java.util.function.Function;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * The questions that are asked of every request, cheapest refusal first: who is it, how often, may it, how large, is there room.
 * Whatever happens, a request that is no stream ends within a bounded time.
 */
@Component
class Admittance {

    /** Beyond the time of the exchange itself: tokens, limits and body have time limits of their own, and this one is over them. */
    private static final Duration SPARE = Duration.ofSeconds(8);

    private final TokenCheck tokens;
    private final RateLimits limits;
    private final Bodies bodies;
    private final InFlight inFlight;
    private final TimeoutSettings timeouts;

    Admittance(TokenCheck tokens, RateLimits limits, Bodies bodies, InFlight inFlight, TimeoutSettings timeouts) {
        this.tokens = tokens;
        this.limits = limits;
        this.bodies = bodies;
        this.inFlight = inFlight;
        this.timeouts = timeouts;
    }

    Mono<Void> letIn(ServerWebExchange exchange, Endpoint endpoint, Function<ServerWebExchange, Mono<Void>> next) {
        var admitted = inFlight.refuseIfFull(endpoint.cost())
                .then(Mono.defer(() -> tokens.identify(exchange)))
                .doOnNext(caller -> caller.attachTo(exchange))
                .flatMap(caller -> limits.charge(exchange, endpoint.allowance(), caller)
                        .then(Mono.defer(() -> check(exchange, endpoint, caller))))
                .then(Mono.defer(() -> bodies.read(exchange)))
                .flatMap(complete -> inFlight.run(endpoint.cost(), timeouts.exchange(), () -> next.apply(complete)));
        return endpoint.cost() == Cost.STREAM
                ? admitted
                : Deadline.within(timeouts.exchange().plus(SPARE), admitted);
    }

    /** A token that counts for nothing is refused everywhere: whoever shows one believes to be signed in. */
    private static Mono<Void> check(ServerWebExchange exchange, Endpoint endpoint, Caller caller) {
        return switch (caller) {
            case Caller.Known _ -> Mono.empty();
            case Caller.Anonymous _ ->
                endpoint.needsToken()
                        ? unauthorized(exchange, "Bearer", "An access token is needed here.")
                        : Mono.empty();
            case Caller.Impostor(var reason) ->
                unauthorized(
                        exchange, "Bearer error=\"invalid_token\"", "The access token is not valid: " + reason + ".");
            case Caller.Unverifiable _ ->
                Mono.error(new ProblemException(SERVICE_UNAVAILABLE, "Access tokens cannot be checked at the moment."));
        };
    }

    private static Mono<Void> unauthorized(ServerWebExchange exchange, String challenge, String detail) {
        exchange.getResponse().getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, challenge);
        return Mono.error(new ProblemException(UNAUTHORIZED, detail));
    }
}
