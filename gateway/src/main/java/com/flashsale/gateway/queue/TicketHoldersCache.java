package com.flashsale.gateway.queue;

import com.flashsale.gateway.response.UpstreamFailedException;
import com.flashsale.gateway.route.TimeoutSettings;
import com.flashsale.gateway.route.Upstream;
import com.flashsale.platform.filter.BloomFilter;
import com.flashsale.platform.observability.TraceContext;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.client.loadbalancer.reactive.ReactorLoadBalancerExchangeFilterFunction;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/**
 * Snapshots of waitlist-service about sold-out sales, requested at most twice in their TTL and only while requests for
 * the sale come. No request waits for one: without a fresh snapshot nothing is known. The TTL runs from when the
 * snapshot was requested, so a snapshot is never used beyond its TTL.
 */
@Component
class TicketHoldersCache {

    private static final Logger log = LoggerFactory.getLogger(TicketHoldersCache.class);

    /** A filter of 2 MiB as text, and the fields around it. */
    private static final int LARGEST_ANSWER = 3 * 1024 * 1024;

    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final int ENTRY_BYTES = 256;
    private static final int ASK_AGAIN_SHARE = 2;

    private final WebClient http;
    private final QueueSettings settings;
    private final TimeoutSettings timeouts;
    private final Cache<UUID, Entry> sales;
    private final Set<UUID> underWay = ConcurrentHashMap.newKeySet();
    private final Semaphore fetches;

    TicketHoldersCache(
            WebClient http,
            ReactorLoadBalancerExchangeFilterFunction balancer,
            QueueSettings settings,
            TimeoutSettings timeouts) {
        this.http = http.mutate()
                .filter(balancer)
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(LARGEST_ANSWER))
                .baseUrl("http://" + Upstream.WAITLIST.service())
                .build();
        this.settings = settings;
        this.timeouts = timeouts;
        sales = Caffeine.newBuilder()
                .<UUID, Entry>weigher((_, entry) -> entry.bytes())
                .maximumWeight(settings.crowds().toBytes())
                .expireAfterAccess(KEPT)
                .build();
        fetches = new Semaphore(settings.maxFetches());
    }

    /**
     * @param holders null: all requests go on to the service
     * @param confirmedAt when the request that brought this response was sent
     * @param askedAt when the last request was sent, with or without a response
     */
    private record Entry(@Nullable TicketHolders holders, long confirmedAt, long askedAt) {

        int bytes() {
            return ENTRY_BYTES + (holders == null ? 0 : holders.customers().bytes());
        }
    }

    private record View(String format, @Nullable String loadTest, Instant endsAt, byte[] bits) {}

    /**
     * The ticket holders, if the sale is sold out for certain. Requests a new snapshot when it is due, for later joins.
     *
     * @param mayLookUp whether the caller may ask for a sale without a recent request
     */
    Optional<TicketHolders> of(UUID sale, BooleanSupplier mayLookUp, TraceContext trace) {
        var entry = sales.getIfPresent(sale);
        if (isDue(entry) && (entry != null || mayLookUp.getAsBoolean())) ask(sale, trace);
        return entry == null || !isNew(entry) ? Optional.empty() : Optional.ofNullable(entry.holders());
    }

    private boolean isNew(Entry entry) {
        return System.nanoTime() - entry.confirmedAt() < settings.freshFor().toNanos();
    }

    private boolean isDue(@Nullable Entry entry) {
        return entry == null
                || System.nanoTime() - entry.askedAt() >= settings.freshFor().toNanos() / ASK_AGAIN_SHARE;
    }

    private void ask(UUID sale, TraceContext trace) {
        if (!underWay.add(sale)) return;
        // only one call is under way at a time: another may have brought a response a moment ago
        var known = sales.getIfPresent(sale);
        if (!isDue(known) || !fetches.tryAcquire()) {
            underWay.remove(sale);
            return;
        }
        var asked = System.nanoTime();
        var holders = known == null ? null : known.holders();
        Mono.defer(() -> fetch(sale, holders, trace))
                .defaultIfEmpty(Optional.empty())
                .map(answer -> new Entry(answer.orElse(null), asked, asked))
                .timeout(timeouts.browse())
                .doFinally(_ -> {
                    fetches.release();
                    underWay.remove(sale);
                })
                .subscribe(entry -> sales.put(sale, entry), failure -> {
                    log.debug("No word about sold-out sale {}: {}", sale, failure.toString());
                    sales.put(sale, new Entry(holders, known == null ? asked : known.confirmedAt(), asked));
                });
    }

    private Mono<Optional<TicketHolders>> fetch(UUID sale, @Nullable TicketHolders known, TraceContext trace) {
        return http.get()
                .uri("/internal/v1/sales/{sale}/sold-out-crowd", sale)
                .header(TraceContext.HEADER, trace.traceparent())
                .headers(headers -> {
                    if (known != null) headers.setIfNoneMatch("\"" + known.version() + "\"");
                })
                .exchangeToMono(response -> read(response, known));
    }

    private static Mono<Optional<TicketHolders>> read(ClientResponse response, @Nullable TicketHolders known) {
        var status = response.statusCode();
        if (status.isSameCodeAs(HttpStatus.OK)) {
            var tag = response.headers().asHttpHeaders().getFirst(HttpHeaders.ETAG);
            return response.bodyToMono(View.class).map(view -> holders(tag, view));
        }
        var end = response.releaseBody();
        if (status.isSameCodeAs(HttpStatus.NOT_MODIFIED)) return end.thenReturn(Optional.ofNullable(known));
        if (status.isSameCodeAs(HttpStatus.NO_CONTENT) || status.isSameCodeAs(HttpStatus.NOT_FOUND)) {
            return end.thenReturn(Optional.empty());
        }
        return end.then(Mono.error(new UpstreamFailedException(status)));
    }

    /** Unknown formats (during a rolling upgrade) are ignored. */
    private static Optional<TicketHolders> holders(@Nullable String tag, View view) {
        if (tag == null || !BloomFilter.FORMAT.equals(view.format())) return Optional.empty();
        return Optional.of(new TicketHolders(
                tag.replace("\"", ""), view.loadTest(), view.endsAt(), BloomFilter.ofBytes(view.bits())));
    }
}
