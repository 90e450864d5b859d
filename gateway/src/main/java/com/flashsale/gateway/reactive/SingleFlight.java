package com.flashsale.gateway.reactive;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * One piece of work for many callers: a caller that comes while it is under way gets its result. The work goes on when
 * callers give up waiting.
 */
public final class SingleFlight<T> {

    private final AtomicReference<@Nullable Mono<T>> underWay = new AtomicReference<>();

    public Mono<T> join(Supplier<Mono<T>> work) {
        return Mono.defer(() -> {
            var running = underWay.get();
            if (running != null) return running;
            var mine = Mono.defer(work).doFinally(_ -> underWay.set(null)).cache();
            var other = underWay.compareAndExchange(null, mine);
            return other == null ? mine : other;
        });
    }

    public boolean isUnderWay() {
        return underWay.get() != null;
    }
}
