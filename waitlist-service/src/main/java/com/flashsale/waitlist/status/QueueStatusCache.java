package com.flashsale.waitlist.status;

import com.flashsale.waitlist.room.MonotonicClock;
import com.flashsale.waitlist.room.RoomState;
import com.flashsale.waitlist.sale.KnownSale;
import com.flashsale.waitlist.sale.Sale;
import com.flashsale.waitlist.sale.SaleId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The state of the rooms at their last tick. Every request reads from here, so a million of them cost Redis nothing.
 * While Redis is away the last known figures stay.
 */
@Component
public class QueueStatusCache {

    /** A snapshot is made at most this often for a sale. */
    private static final Duration FRESH = Duration.ofMillis(500);

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final int SAMPLES = 61;
    private static final long POLL_MS = 1_000;
    private static final long LONGEST_POLL_MS = 10_000;

    private final Clock clock;
    private final MonotonicClock monotonic;
    private final Map<SaleId, Posted> posted = new ConcurrentHashMap<>();
    private final Map<SaleId, Shown> snapshots = new ConcurrentHashMap<>();

    QueueStatusCache(Clock clock, MonotonicClock monotonic) {
        this.clock = clock;
        this.monotonic = monotonic;
    }

    private record Shown(QueueSnapshot snapshot, long madeAt) {}

    private record Sample(long at, long admitted) {}

    /** The state of one room and the number of turns it had given, second by second. */
    private static final class Posted {
        private @Nullable RoomState state;
        private Duration redisAhead = Duration.ZERO;
        private final ArrayDeque<Sample> samples = new ArrayDeque<>(SAMPLES);

        private synchronized void post(RoomState fresh, long now, Duration ahead) {
            var last = samples.peekLast();
            if (last != null && fresh.pace().admitted() < last.admitted()) samples.clear();
            if (last == null || now - last.at() >= SECOND)
                samples.addLast(new Sample(now, fresh.pace().admitted()));
            while (samples.size() > 1 && now - samples.getFirst().at() > MINUTE.toNanos()) samples.removeFirst();
            state = fresh;
            redisAhead = ahead;
        }

        private synchronized Duration redisAhead() {
            return redisAhead;
        }

        private synchronized @Nullable RoomState state() {
            return state;
        }

        /** Turns of the last minute; a shorter time is scaled up to a minute. */
        private synchronized long perMinute(long now) {
            var first = samples.peekFirst();
            if (first == null || state == null) return 0;
            var watched = Math.max(1_000, Duration.ofNanos(now - first.at()).toMillis());
            return (state.pace().admitted() - first.admitted())
                    * MINUTE.toMillis()
                    / Math.max(watched, MINUTE.toMillis() / 6);
        }
    }

    @EventListener
    void evict(Sale.Evicted evicted) {
        posted.remove(evicted.sale());
        snapshots.remove(evicted.sale());
    }

    @EventListener
    void on(RoomState.Ticked ticked) {
        var state = ticked.state();
        posted.computeIfAbsent(ticked.sale().id(), _ -> new Posted())
                .post(state, monotonic.nanos(), Duration.between(clock.instant(), state.clock()));
    }

    /** The time in the room of this sale: the clock of Redis opens and ends it, not the clock of this replica. */
    Instant now(SaleId sale) {
        var room = posted.get(sale);
        return room == null ? clock.instant() : clock.instant().plus(room.redisAhead());
    }

    /** Whether the clock of Redis has opened this sale at a tick that this replica saw. */
    public boolean hasOpened(KnownSale sale) {
        var room = posted.get(sale.id());
        var state = room == null ? null : room.state();
        return state != null && !state.clock().isBefore(sale.sale().opensAt());
    }

    QueueSnapshot snapshot(KnownSale sale) {
        var kept = snapshots.get(sale.id());
        if (kept != null && isFresh(kept)) return kept.snapshot();
        // the snapshot of a sale without a room is cheap, and is not kept
        if (!posted.containsKey(sale.id())) return make(sale, now(sale.id()));
        return snapshots
                .compute(
                        sale.id(),
                        (_, old) -> old != null && isFresh(old)
                                ? old
                                : new Shown(make(sale, now(sale.id())), monotonic.nanos()))
                .snapshot();
    }

    private boolean isFresh(Shown shown) {
        return monotonic.nanos() - shown.madeAt() < FRESH.toNanos();
    }

    private QueueSnapshot make(KnownSale sale, Instant now) {
        var room = posted.get(sale.id());
        var state = room == null ? null : room.state();
        return new QueueSnapshot(
                stateOf(sale, state, now),
                state == null ? 0 : state.numbers().serving(),
                state == null ? 0 : state.numbers().issued(),
                room == null ? 0 : room.perMinute(monotonic.nanos()),
                QueueSnapshot.Band.of(sale.stock().available(), sale.stock().allotted()),
                now,
                pollAfter(sale, state, now),
                state == null ? 0 : state.pace().steadyPerMinute(),
                room == null || state == null
                        ? null
                        : waitingTime(room, state, state.customers().waiting() + 1),
                !sale.stock().allSold() && !sale.sale().hasEnded(now));
    }

    /** The probable wait of the holder of this number; null while it is not known. */
    public @Nullable WaitingTime waitingTime(SaleId sale, long number) {
        var room = posted.get(sale);
        var state = room == null ? null : room.state();
        return room == null || state == null
                ? null
                : waitingTime(room, state, number - state.numbers().serving());
    }

    /**
     * The steady pace holds as long as there are units for all customers ahead. After that the line moves as fast as
     * units come back or turns lapse, and the last minute knows more about that.
     */
    private @Nullable WaitingTime waitingTime(Posted room, RoomState state, long ahead) {
        var pace = state.pace().steadyPerMinute();
        if (ahead > state.units().available()) pace = Math.min(pace, room.perMinute(monotonic.nanos()));
        return WaitingTime.of(ahead, pace);
    }

    private static QueueSnapshot.State stateOf(KnownSale sale, @Nullable RoomState state, Instant now) {
        if (sale.sale().hasEnded(now)) return QueueSnapshot.State.ENDED;
        if (now.isBefore(sale.sale().opensAt())) return QueueSnapshot.State.SCHEDULED;
        if (state != null && state.soldOut()) return QueueSnapshot.State.SOLD_OUT;
        return sale.sale().paused() ? QueueSnapshot.State.PAUSED : QueueSnapshot.State.OPEN;
    }

    /** The longer the line, the later most of its customers see a change. */
    private static long pollAfter(KnownSale sale, @Nullable RoomState state, Instant now) {
        if (now.isBefore(sale.sale().opensAt())) {
            var untilOpen = Duration.between(now, sale.sale().opensAt()).toMillis();
            return Math.clamp(untilOpen / 2, POLL_MS, LONGEST_POLL_MS);
        }
        var waiting = state == null ? 0 : state.customers().waiting();
        return Math.clamp(POLL_MS + waiting / 10, POLL_MS, LONGEST_POLL_MS / 2);
    }
}
