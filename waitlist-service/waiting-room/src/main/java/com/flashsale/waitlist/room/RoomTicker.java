package com.flashsale.waitlist.room;

import com.flashsale.waitlist.sale.KnownSale;
import com.flashsale.waitlist.sale.Sale;
import com.flashsale.waitlist.sale.SaleCache;
import com.flashsale.waitlist.sale.SaleId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * The clock of the rooms: gives turns, ends those that were missed, keeps the memory. Every replica has one; they do
 * not disturb each other.
 */
@Component
class RoomTicker {

    private static final Logger log = LoggerFactory.getLogger(RoomTicker.class);

    /** Of time-outs in one round: then it is Redis that is slow, and not a room. */
    private static final int MOST_SLOW = 3;

    private static final long FIRST_REBUILD = Duration.ofMillis(500).toNanos();
    private static final int MOST_DOUBLINGS = 4;

    private final SaleCache saleCache;
    private final RedisRooms rooms;
    private final RebuildRoom rebuildRoom;
    private final RoomMaintenance maintenance;
    private final ApplicationEventPublisher events;
    private final MonotonicClock clock;
    private final WaitingRoomSettings settings;
    private final Map<SaleId, Times> times = new ConcurrentHashMap<>();
    private int rounds;

    RoomTicker(
            SaleCache saleCache,
            RedisRooms rooms,
            RebuildRoom rebuildRoom,
            RoomMaintenance maintenance,
            ApplicationEventPublisher events,
            MonotonicClock clock,
            WaitingRoomSettings settings) {
        this.saleCache = saleCache;
        this.rooms = rooms;
        this.rebuildRoom = rebuildRoom;
        this.maintenance = maintenance;
        this.events = events;
        this.clock = clock;
        this.settings = settings;
    }

    /** When things are to be done next for a room, by the monotonic clock. */
    private static final class Times {
        private volatile long nextTick;
        private volatile long nextCheckpoint;
        private volatile long nextPhase;
        private volatile long nextRebuild;
        private volatile int failedRebuilds;
        private volatile boolean standsStill;
        private volatile long phase;
        private volatile RoomState.@Nullable Numbers kept;

        Times(long now) {
            nextTick = now;
            nextCheckpoint = now;
            nextPhase = now;
            nextRebuild = now;
        }
    }

    private boolean isDue(long when) {
        return clock.nanos() - when >= 0;
    }

    void tickAll() {
        var slow = 0;
        for (var sale : inTurn(saleCache.current())) {
            if (!isDue(timesOf(sale.id()).nextTick)) continue;
            try {
                tick(sale);
                timesOf(sale.id()).standsStill = false;
            } catch (WaitingRoomUnavailable reason) {
                standsStill(sale, reason);
                if (reason.isConnection() || (!reason.isMissing() && ++slow == MOST_SLOW)) return;
            } catch (DataAccessException trouble) {
                // one room's trouble is not the others'
                log.warn("Waiting room of sale {} misses a tick: {}", sale.id().value(), trouble.toString());
                timesOf(sale.id()).nextTick =
                        clock.nanos() + settings.idleTick().toNanos();
            }
        }
    }

    /** Logged once, not at each tick. */
    private void standsStill(KnownSale sale, WaitingRoomUnavailable reason) {
        var times = timesOf(sale.id());
        if (!times.standsStill)
            log.warn("Waiting room of sale {} stands still: {}", sale.id().value(), reason.getMessage());
        times.standsStill = true;
    }

    /** Each round begins with another room, so a round that ends early does not leave out the same rooms every time. */
    private List<KnownSale> inTurn(List<KnownSale> sales) {
        var rotated = new ArrayList<>(sales);
        Collections.rotate(rotated, rounds++);
        return rotated;
    }

    /** A customer has begun to wait in a room that may be idle, or the room is missing. */
    void requestTick(SaleId sale) {
        timesOf(sale).nextTick = clock.nanos();
    }

    @EventListener
    void on(Sale.Changed changed) {
        tickSoon(changed.sale());
    }

    /** Now, on the caller's thread; trouble with Redis is left to the next regular tick. */
    void tickSoon(SaleId id) {
        saleCache.current(id).ifPresent(sale -> {
            try {
                tick(sale);
            } catch (WaitingRoomUnavailable reason) {
                log.debug("No tick of sale {}: {}", id.value(), reason.getMessage());
            }
        });
    }

    Optional<RoomState> tick(KnownSale sale) {
        var state = rooms.tick(sale);
        if (state.isEmpty()) {
            rebuild(sale);
            state = rooms.tick(sale);
        }
        state.ifPresent(fresh -> follow(sale, fresh));
        return state;
    }

    /** Each try costs PostgreSQL a range of numbers, so one that fails is not repeated at once. */
    private void rebuild(KnownSale sale) {
        var due = timesOf(sale.id());
        if (!isDue(due.nextRebuild)) throw WaitingRoomUnavailable.missing("the last rebuild failed");
        var failed = due.failedRebuilds;
        due.failedRebuilds = Math.min(failed + 1, MOST_DOUBLINGS);
        due.nextRebuild = clock.nanos() + (FIRST_REBUILD << failed);
        rebuildRoom.rebuild(sale);
        due.failedRebuilds = 0;
        due.nextRebuild = clock.nanos();
    }

    private void follow(KnownSale sale, RoomState state) {
        events.publishEvent(new RoomState.Ticked(sale, state));
        var due = timesOf(sale.id());
        due.nextTick = clock.nanos() + restAfter(state).toNanos();
        maintenance.raiseCeilingIfNear(sale, state);
        if (maintenance.drawIfOpen(sale, state))
            rooms.tick(sale).ifPresent(drawn -> events.publishEvent(new RoomState.Ticked(sale, drawn)));
        maintenance.settleDoubtful(sale, state);
        if (state.soldOut() && (state.phase() != due.phase || isDue(due.nextPhase))) {
            maintenance.agreeOnPhase(sale, state);
            due.phase = state.phase();
            due.nextPhase = clock.nanos() + settings.idleTick().toNanos();
        }
        var numbers = state.numbers();
        if (isDue(due.nextCheckpoint) && !numbers.equals(due.kept)) {
            maintenance.checkpoint(sale, state);
            due.kept = numbers;
            due.nextCheckpoint = clock.nanos() + settings.checkpoint().toNanos();
        }
    }

    /** A promise that lapses while no customer waits frees a unit for the next join, which asks for a tick itself. */
    private Duration restAfter(RoomState state) {
        if (state.isAwaited()) return Duration.ZERO;
        return state.isIdle() ? settings.idleTick() : settings.promiseTick();
    }

    @EventListener
    void evict(Sale.Evicted evicted) {
        times.remove(evicted.sale());
    }

    private Times timesOf(SaleId sale) {
        return times.computeIfAbsent(sale, _ -> new Times(clock.nanos()));
    }
}
