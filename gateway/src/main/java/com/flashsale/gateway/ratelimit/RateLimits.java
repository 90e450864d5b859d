package com.flashsale.gateway.ratelimit;

import static com.flashsale.platform.problem.ProblemTypes.TOO_MANY_REQUESTS;

import com.flashsale.gateway.auth.Caller;
import com.flashsale.gateway.client.Client;
import com.flashsale.gateway.route.RateLimitScope;
import com.flashsale.platform.problem.ProblemException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Charges each request to the customer of its token, or else to its address. Redis counts for all gateways. While Redis
 * does not answer, this process counts alone by the same terms: the limit grows to one per gateway but never vanishes,
 * and no request waits for Redis.
 */
@Component
public class RateLimits {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Limit customer;
    private final Limit address;
    private final Limit customerLocal;
    private final Limit signIn;
    private final Limit tokens;
    private final Limit lookUp;
    private final RedisBuckets shared;
    private final LocalBuckets local;
    private final Counter localDecisions;
    private final CircuitBreaker breaker = CircuitBreaker.of(
            "redis",
            CircuitBreakerConfig.custom()
                    .slidingWindowSize(20)
                    .minimumNumberOfCalls(5)
                    .waitDurationInOpenState(PAUSE)
                    .permittedNumberOfCallsInHalfOpenState(2)
                    .build());

    RateLimits(LimitSettings settings, RedisBuckets shared, LocalBuckets local, MeterRegistry meters) {
        customer = Limit.lenient("customer", settings.customer());
        address = Limit.lenient("address", settings.address());
        customerLocal = Limit.lenient("customer-polls", settings.customer());
        signIn = Limit.strict("sign-in", settings.signIn());
        tokens = Limit.lenient("tokens", settings.address());
        lookUp = Limit.strict("look-up", settings.lookUp());
        this.shared = shared;
        this.local = local;
        localDecisions = meters.counter("gateway.limit.local");
    }

    /** Ends with a problem when the caller has used up its limit. */
    public Mono<Void> charge(ServerWebExchange exchange, RateLimitScope scope, Caller caller) {
        var network = Client.of(exchange).network();
        return switch (scope) {
            case LOCAL -> {
                var limit = localLimit(caller);
                yield settle(
                        exchange,
                        limit,
                        local.bucket(localKey(caller, Client.of(exchange)), limit)
                                .take());
            }
            case SIGN_IN -> shared(exchange, network, signIn);
            case TOKENS -> shared(exchange, network, tokens);
            case CALLER ->
                caller instanceof Caller.Known known
                        ? shared(exchange, known.subject(), customer)
                        : shared(exchange, network, address);
        };
    }

    private Mono<Void> shared(ServerWebExchange exchange, String key, Limit limit) {
        return decide(key, limit).flatMap(decision -> settle(exchange, limit, decision));
    }

    /**
     * A caller over its limit in this process is over the shared limit too: the refusal needs no Redis, so a flood
     * stops here. The first requests of a burst are counted locally and reported to Redis with the next one.
     */
    private Mono<Decision> decide(String key, Limit limit) {
        var bucket = local.bucket(key, limit);
        var own = bucket.take();
        if (!own.allowed() || bucket.tryDeferReport(own)) return Mono.just(own);
        if (!breaker.tryAcquirePermission()) return decideLocally(own);
        var begun = System.nanoTime();
        return shared.take(key, limit, bucket.drainUnreported())
                .doOnSuccess(_ -> breaker.onSuccess(System.nanoTime() - begun, TimeUnit.NANOSECONDS))
                .doOnError(failure -> breaker.onError(System.nanoTime() - begun, TimeUnit.NANOSECONDS, failure))
                .doOnCancel(breaker::releasePermission)
                .onErrorResume(_ -> decideLocally(own));
    }

    private Mono<Decision> decideLocally(Decision own) {
        localDecisions.increment();
        return Mono.just(own);
    }

    /** Charges as for {@link RateLimitScope#LOCAL}; takes nothing and returns null when the limit is used up. */
    public @Nullable RateLimitHeaders chargeLocally(Caller caller, Client client) {
        var limit = localLimit(caller);
        var decision = local.bucket(localKey(caller, client), limit).take();
        return decision.allowed() ? headersOf(limit, decision) : null;
    }

    /** The same for a caller that learns of its limit only when it is used up: returns the refusal, or null. */
    public @Nullable ProblemException refusalByLocalLimit(Caller caller, Client client) {
        var limit = localLimit(caller);
        var decision = local.bucket(localKey(caller, client), limit).take();
        return decision.allowed() ? null : refusal(limit, decision);
    }

    /**
     * Whether the caller may ask for another sale that the gateway does not know; such a question costs a service a
     * call.
     */
    public boolean mayLookUp(String key) {
        return local.bucket(key, lookUp).take().allowed();
    }

    private Limit localLimit(Caller caller) {
        return caller instanceof Caller.Known ? customerLocal : address;
    }

    private static String localKey(Caller caller, Client client) {
        return caller instanceof Caller.Known known ? known.subject() : client.network();
    }

    /**
     * Charges as for {@link RateLimitScope#CALLER}, for a customer whose request needs no report to Redis yet;
     * otherwise takes nothing and returns null.
     */
    public @Nullable RateLimitHeaders chargeUnreported(Caller.Known caller) {
        var decision = local.bucket(caller.subject(), customer).takeUnreported();
        return decision == null ? null : headersOf(customer, decision);
    }

    /** The {@code RateLimit} headers of one response. */
    public record RateLimitHeaders(String policy, String left) {

        public void addTo(BiConsumer<String, String> headers) {
            headers.accept("RateLimit-Policy", policy);
            headers.accept("RateLimit", left);
        }
    }

    private static RateLimitHeaders headersOf(Limit limit, Decision decision) {
        var left = "\"" + limit.name() + "\";r=" + decision.remaining() + ";t=" + decision.pauseSeconds();
        return new RateLimitHeaders(limit.policy(), left);
    }

    private static Mono<Void> settle(ServerWebExchange exchange, Limit limit, Decision decision) {
        headersOf(limit, decision).addTo(exchange.getResponse().getHeaders()::set);
        return decision.allowed() ? Mono.empty() : Mono.error(refusal(limit, decision));
    }

    private static ProblemException refusal(Limit limit, Decision decision) {
        var detail = "The %s limit of %d requests a second is used up.".formatted(limit.name(), limit.rate());
        return new ProblemException(TOO_MANY_REQUESTS, detail).retryAfter(decision.pause());
    }
}
