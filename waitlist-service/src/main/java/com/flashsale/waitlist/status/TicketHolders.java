package com.flashsale.waitlist.status;

import com.flashsale.platform.filter.BloomFilter;
import com.flashsale.waitlist.room.MonotonicClock;
import com.flashsale.waitlist.room.RoomState;
import com.flashsale.waitlist.room.WaitingRoom;
import com.flashsale.waitlist.sale.KnownSale;
import com.flashsale.waitlist.sale.Sale;
import com.flashsale.waitlist.sale.SaleId;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The customers of a sold-out room as a filter: a customer who is not in it hears of the sell-out without a request to
 * Redis. A filter has the version of the room that was read before the count began, and holds all customers of that
 * version.
 */
@Component
class TicketHolders {

    sealed interface Outcome {
        record Holders(String version, BloomFilter customers) implements Outcome {}

        /** The caller has this version already. */
        record Unchanged(String version) implements Outcome {}

        /** The room is not sold out, or its customers cannot be counted now. */
        record Unknown() implements Outcome {}
    }

    /** Enough for 1.6 million customers; in a larger room all go on to Redis. */
    private static final int MOST_BYTES = 2 * 1024 * 1024;

    private static final long MOST_KEPT_BYTES = 64L * 1024 * 1024;
    private static final Duration KEPT = Duration.ofMinutes(1);

    /** Limits the counting in a room that keeps changing: each count is followed by a rest, this many times as long. */
    private static final int REST = 4;

    private record Kept(String version, BloomFilter customers, long restsUntil) {}

    private final WaitingRoom room;
    private final MonotonicClock clock;
    private final Semaphore counting = new Semaphore(1);
    private final Cache<SaleId, Kept> filters = Caffeine.newBuilder()
            .<SaleId, Kept>weigher((_, kept) -> kept.customers().bytes())
            .maximumWeight(MOST_KEPT_BYTES)
            .expireAfterAccess(KEPT)
            .build();

    TicketHolders(WaitingRoom room, MonotonicClock clock) {
        this.room = room;
        this.clock = clock;
    }

    /** @param known the version that the caller has, or null */
    Outcome of(KnownSale sale, @Nullable String known) {
        var now = room.soldOut(sale);
        if (now.isEmpty()) return new Outcome.Unknown();
        var version = versionOf(now.get());
        if (version.equals(known)) return new Outcome.Unchanged(version);
        return filter(sale.id(), version, now.get().customers())
                .<Outcome>map(customers -> new Outcome.Holders(version, customers))
                .orElseGet(Outcome.Unknown::new);
    }

    /**
     * The version names the room (epoch), the time it is sold out (phase), and its customers: no customer ever loses a
     * number.
     */
    private static String versionOf(RoomState.SoldOut room) {
        return "%d.%d.%d.%d".formatted(room.epoch(), room.phase(), room.issued(), room.numbered());
    }

    private Optional<BloomFilter> filter(SaleId sale, String version, long customers) {
        if (BloomFilter.bytesFor(customers) > MOST_BYTES) return Optional.empty();
        var kept = filters.getIfPresent(sale);
        if (kept != null && kept.version().equals(version)) return Optional.of(kept.customers());
        if (kept != null && clock.nanos() - kept.restsUntil() < 0) return Optional.empty();
        if (!counting.tryAcquire()) return Optional.empty();
        try {
            var begun = clock.nanos();
            var filter = BloomFilter.forIds(customers);
            room.forEachCustomer(sale, customer -> filter.add(UUID.fromString(customer)));
            var ended = clock.nanos();
            filters.put(sale, new Kept(version, filter, ended + REST * (ended - begun)));
            return Optional.of(filter);
        } finally {
            counting.release();
        }
    }

    @EventListener
    void evict(Sale.Evicted evicted) {
        filters.invalidate(evicted.sale());
    }
}
