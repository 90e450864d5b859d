package com.flashsale.waitlist.room;

import com.flashsale.waitlist.sale.Sale;
import com.flashsale.waitlist.sale.SaleId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The rows of the rooms as this replica knows them. A room that answers "gone" makes it look again, at most every 50 ms
 * and once for all.
 */
@Component
class RoomRowCache {

    private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(50).toNanos();

    private record Kept(RoomRow row, long at) {}

    private final Rooms rooms;
    private final MonotonicClock clock;
    private final Map<SaleId, Kept> kept = new ConcurrentHashMap<>();

    RoomRowCache(Rooms rooms, MonotonicClock clock) {
        this.rooms = rooms;
        this.clock = clock;
    }

    Optional<RoomRow> of(SaleId sale) {
        var known = kept.get(sale);
        return known == null ? lookAgain(sale) : Optional.of(known.row());
    }

    Optional<RoomRow> lookAgain(SaleId sale) {
        var fresh = kept.compute(sale, (id, old) -> {
            if (old != null && clock.nanos() - old.at() < LOOK_AGAIN_NANOS) return old;
            return rooms.find(id).map(row -> new Kept(row, clock.nanos())).orElse(null);
        });
        return fresh == null ? Optional.empty() : Optional.of(fresh.row());
    }

    @EventListener
    void evict(Sale.Evicted evicted) {
        kept.remove(evicted.sale());
    }

    void learn(SaleId sale, RoomRow row) {
        kept.merge(
                sale,
                new Kept(row, clock.nanos()),
                (old, fresh) -> old.row().epoch() > fresh.row().epoch() ? old : fresh);
    }
}
