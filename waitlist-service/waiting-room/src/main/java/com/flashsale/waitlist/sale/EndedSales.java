package com.flashsale.waitlist.sale;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * Sales that ended a while ago. They are read when a request names one, but made-up ids must not become a load of the
 * database.
 */
final class EndedSales {

    private static final int LOOK_UPS_PER_SECOND = 50;
    private static final int MOST_KEPT = 1_000;
    private static final Duration KEPT = Duration.ofSeconds(30);

    private final Cache<SaleId, KnownSale> kept =
            Caffeine.newBuilder().maximumSize(MOST_KEPT).expireAfterWrite(KEPT).build();
    private final Semaphore lookUps = new Semaphore(LOOK_UPS_PER_SECOND);
    private long filledAt;

    Optional<KnownSale> find(SaleId id, Function<SaleId, Optional<KnownSale>> lookUp) {
        var known = kept.getIfPresent(id);
        if (known != null) return Optional.of(known);
        // every id of ours is of version 7
        if (id.value().version() != 7 || !lookUps.tryAcquire()) return Optional.empty();
        var found = lookUp.apply(id);
        found.ifPresent(sale -> kept.put(id, sale));
        return found;
    }

    /** Once a second. */
    void refill(Instant now) {
        if (now.getEpochSecond() == filledAt) return;
        filledAt = now.getEpochSecond();
        lookUps.drainPermits();
        lookUps.release(LOOK_UPS_PER_SECOND);
    }

    void forget(SaleId id) {
        kept.invalidate(id);
    }
}
