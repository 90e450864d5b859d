package com.flashsale.gateway.queue;

import com.flashsale.gateway.reactive.SingleFlight;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** State of one sale's queue: the last response, and the one call that may be under way for the next. */
final class RefreshingSnapshot {

    /** A caller waits no longer than this for a new response when there is an old one. */
    private static final Duration PATIENCE = Duration.ofMillis(250);

    private final QueueSettings settings;
    private final SingleFlight<QueueSnapshot> fetch = new SingleFlight<>();
    private volatile @Nullable QueueSnapshot last;
    private volatile @Nullable Throwable failure;
    private volatile long triedAt;

    RefreshingSnapshot(QueueSettings settings) {
        this.settings = settings;
        triedAt = System.nanoTime() - settings.freshFor().toNanos();
    }

    Mono<QueueSnapshot> ask(Mono<QueueSnapshot> service) {
        var fresh = fresh();
        if (fresh != null) return Mono.just(fresh);
        var known = last;
        var next = fetch.join(() -> begin(service));
        return isUsable(known) ? next.timeout(PATIENCE).onErrorResume(this::usableOr) : next;
    }

    /** Whether the service has said that the sale exists. */
    boolean isKnown() {
        var known = last;
        return known != null && known.status().is2xxSuccessful();
    }

    @Nullable
    QueueSnapshot fresh() {
        var known = last;
        return known != null && isWithin(settings.freshFor(), known.ageNanos()) ? known : null;
    }

    /**
     * Checks the age again, since only one call is under way at a time: another may have brought a response, or a
     * failure, a moment ago.
     */
    private Mono<QueueSnapshot> begin(Mono<QueueSnapshot> service) {
        var known = fresh();
        if (known != null) return Mono.just(known);
        var reason = failure;
        if (reason != null && isWithin(settings.freshFor(), System.nanoTime() - triedAt)) return usableOr(reason);
        triedAt = System.nanoTime();
        return service.doOnNext(snapshot -> last = snapshot).doOnError(error -> failure = error);
    }

    private Mono<QueueSnapshot> usableOr(Throwable reason) {
        var known = last;
        return known != null && isUsable(known) ? Mono.just(known) : Mono.error(reason);
    }

    private boolean isUsable(@Nullable QueueSnapshot snapshot) {
        return snapshot != null && isWithin(settings.staleFor(), snapshot.ageNanos());
    }

    private static boolean isWithin(Duration limit, long nanos) {
        return nanos < limit.toNanos();
    }
}
