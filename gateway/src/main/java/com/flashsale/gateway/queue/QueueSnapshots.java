package com.flashsale.gateway.queue;

import static com.flashsale.platform.problem.ProblemTypes.OVERLOADED;
import static com.flashsale.platform.problem.ProblemTypes.TOO_MANY_REQUESTS;

import com.flashsale.gateway.auth.Caller;
import com.flashsale.gateway.client.Trace;
import com.flashsale.gateway.ratelimit.RateLimits;
import com.flashsale.gateway.response.UpstreamFailedException;
import com.flashsale.gateway.route.TimeoutSettings;
import com.flashsale.gateway.route.Upstream;
import com.flashsale.platform.observability.TraceContext;
import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemType;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.loadbalancer.reactive.ReactorLoadBalancerExchangeFilterFunction;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * {@code GET /api/v1/sales/{id}/queue}: the one path that a whole crowd polls. The gateway asks waitlist-service once a
 * second for each sale, however large the crowd is. A sale that does not exist is remembered in the same way.
 */
@Component
public class QueueSnapshots {

    private static final ProblemType SALE_NOT_FOUND =
            new ProblemType("sale-not-found", 404, "There is no sale with this id.");

    /** A snapshot has some 400 bytes; {@code sales} times this is the bound of the memory for all. */
    private static final int LARGEST_SNAPSHOT = 8 * 1024;

    private static final int LOOK_UP_SHARE = 4;

    private final WebClient http;
    private final QueueSettings settings;
    private final TimeoutSettings timeouts;
    private final Cache<UUID, RefreshingSnapshot> sales;
    private final Semaphore fetches;
    private final Semaphore lookUps;
    private final RateLimits limits;
    private final Counter calls;
    private final String cacheControl;

    QueueSnapshots(
            WebClient http,
            ReactorLoadBalancerExchangeFilterFunction balancer,
            QueueSettings settings,
            TimeoutSettings timeouts,
            RateLimits limits,
            MeterRegistry meters) {
        this.http = http.mutate()
                .filter(balancer)
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(LARGEST_SNAPSHOT))
                .baseUrl("http://" + Upstream.WAITLIST.service())
                .build();
        this.settings = settings;
        this.timeouts = timeouts;
        this.limits = limits;
        sales = Caffeine.newBuilder()
                .maximumSize(settings.sales())
                .expireAfterAccess(settings.staleFor())
                .build();
        fetches = new Semaphore(settings.maxFetches());
        lookUps = new Semaphore(Math.max(1, settings.maxFetches() / LOOK_UP_SHARE));
        cacheControl = "public, max-age=" + settings.freshFor().toSeconds();
        calls = meters.counter("gateway.queue.calls");
    }

    Mono<ServerResponse> answer(ServerRequest request) {
        var exchange = request.exchange();
        return of(saleOf(request), Caller.keyOf(exchange), Trace.of(exchange)).flatMap(this::respond);
    }

    public static UUID saleOf(ServerRequest request) {
        var sale = SaleIds.idOrNull(request.pathVariable("saleId"));
        if (sale == null) throw noSuchSale();
        return sale;
    }

    /**
     * The newest snapshot that is available in time.
     *
     * @param key of the caller, who pays for a first question about a sale
     */
    public Mono<QueueSnapshot> of(UUID sale, String key, TraceContext trace) {
        var known = sales.getIfPresent(sale);
        if (known == null && !limits.mayLookUp(key)) return Mono.error(tooManySales());
        var snapshot = known != null ? known : sales.get(sale, _ -> new RefreshingSnapshot(settings));
        return snapshot.ask(Mono.defer(() -> fetch(sale, snapshot.isKnown(), trace)));
    }

    /** The same for the gateway's own watch of a sale that a client asked for before. */
    public Mono<QueueSnapshot> refresh(UUID sale) {
        var snapshot = sales.get(sale, _ -> new RefreshingSnapshot(settings));
        return snapshot.ask(Mono.defer(() -> fetch(sale, true, TraceContext.ofRequest(null))));
    }

    /** The snapshot of a sale that exists; otherwise a problem. */
    public static QueueSnapshot foundOnly(QueueSnapshot snapshot) {
        if (snapshot.status().isSameCodeAs(HttpStatus.NOT_FOUND)) throw noSuchSale();
        return snapshot;
    }

    private static ProblemException noSuchSale() {
        return new ProblemException(SALE_NOT_FOUND, "A sale that was created a moment ago may need another one.");
    }

    private static ProblemException tooManySales() {
        return new ProblemException(TOO_MANY_REQUESTS, "Too many different sales were asked for.")
                .retryAfter(Duration.ofSeconds(1));
    }

    private Mono<ServerResponse> respond(QueueSnapshot snapshot) {
        foundOnly(snapshot);
        var response = ServerResponse.status(snapshot.status())
                .headers(headers -> cacheHeaders(snapshot).forEach(headers::set));
        if (snapshot.type() != null) response.contentType(snapshot.type());
        return response.bodyValue(snapshot.body());
    }

    /** A snapshot that counts as fresh; null where the service would have to be asked. */
    public @Nullable QueueSnapshot fresh(UUID sale) {
        var snapshot = sales.getIfPresent(sale);
        return snapshot == null ? null : snapshot.fresh();
    }

    public Map<String, String> cacheHeaders(QueueSnapshot snapshot) {
        var age = TimeUnit.NANOSECONDS.toSeconds(snapshot.ageNanos());
        return Map.of(HttpHeaders.CACHE_CONTROL, cacheControl, HttpHeaders.AGE, Long.toString(age));
    }

    /**
     * @param known whether the sale is known to exist; other sales have permits of their own, so that invented ids take
     *     none from real sales
     */
    private Mono<QueueSnapshot> fetch(UUID sale, boolean known, TraceContext trace) {
        var permits = known ? fetches : lookUps;
        if (!permits.tryAcquire()) {
            return Mono.error(new ProblemException(OVERLOADED, "Too many queues are being looked up."));
        }
        calls.increment();
        return http.get()
                .uri("/api/v1/sales/{sale}/queue", sale)
                .header(TraceContext.HEADER, trace.traceparent())
                .exchangeToMono(QueueSnapshots::snapshot)
                .timeout(timeouts.browse())
                .doFinally(_ -> permits.release());
    }

    private static Mono<QueueSnapshot> snapshot(ClientResponse response) {
        var status = response.statusCode();
        if (!status.is2xxSuccessful() && !status.isSameCodeAs(HttpStatus.NOT_FOUND)) {
            return response.releaseBody().then(Mono.error(new UpstreamFailedException(status)));
        }
        var type = response.headers().contentType().orElse(null);
        return response.bodyToMono(byte[].class)
                .defaultIfEmpty(new byte[0])
                .map(body -> new QueueSnapshot(status, type, body, System.nanoTime()));
    }
}
