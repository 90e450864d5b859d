package com.flashsale.order.sale;

import com.flashsale.platform.time.Ids;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/**
 * Sales from memory, a second old at most: the replica that consumed a change shows it at once, the others read it from
 * the database when their copy has run out.
 */
@Component
public class SaleCache {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final LoadingCache<UUID, Optional<Sale>> cache;
    private final SaleSettings settings;
    private final Clock clock;
    private final Semaphore waiting;

    SaleCache(Sales sales, SaleSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.waiting = new Semaphore(settings.waiting());
        this.cache = Caffeine.newBuilder()
                .maximumSize(settings.cachedSales())
                // a missing sale is not remembered
                .expireAfter(Expiry.<UUID, Optional<Sale>>writing(
                        (_, sale) -> sale.isPresent() ? settings.cachedFor() : Duration.ZERO))
                .build(sales::find);
    }

    /**
     * The sale; for one that was made moments ago this waits until its event has come, a bounded time and for a bounded
     * number.
     */
    public Optional<Sale> find(UUID id) {
        var known = cache.get(id);
        return known.isPresent() || !mayBeAnnounced(id) ? known : await(id);
    }

    /**
     * Forgets copies that may be old now. The event's content does not replace them: in a replay it may be older still.
     */
    void changed(Collection<UUID> ids) {
        cache.invalidateAll(ids);
    }

    void forgetAll() {
        cache.invalidateAll();
    }

    private boolean mayBeAnnounced(UUID id) {
        return Ids.madeAt(id).plus(settings.announcedWithin()).isAfter(clock.instant());
    }

    private Optional<Sale> await(UUID id) {
        if (!waiting.tryAcquire()) return Optional.empty();
        try {
            var deadline = System.nanoTime() + settings.patience().toNanos();
            while (System.nanoTime() - deadline < 0) {
                Thread.sleep(LOOK_AGAIN);
                var known = cache.get(id);
                if (known.isPresent()) return known;
            }
            return Optional.empty();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            waiting.release();
        }
    }
}
