package com.flashsale.waitlist.waitingroom;

import com.flashsale.waitlist.sale.KnownSale;
import com.flashsale.waitlist.sale.KnownSales;
import com.flashsale.waitlist.sale.SaleChanged;
import com.flashsale.waitlist.sale.SaleForgotten;
import com.flashsale.waitlist.sale.SaleId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** The clock of the rooms: gives turns, ends those that were missed, keeps the memory. Every replica has one; they do not disturb each other. */
@Component
class RoomTicker {

    private static final Logger log = LoggerFactory.getLogger(RoomTicker.class);

    private final KnownSales knownSales;
    private final WaitingRoom room;
    private final RebuildRoom rebuildRoom;
    private final RoomUpkeep upkeep;
    private final RoomBoard board;
    private final SteadyClock clock;
    private final WaitingRoomSettings settings;
    private final Map<SaleId, Times> times = new ConcurrentHashMap<>();
    private volatile boolean away;

    RoomTicker(
            KnownSales knownSales,
            WaitingRoom room,
            RebuildRoom rebuildRoom,
            RoomUpkeep upkeep,
            RoomBoard board,
            SteadyClock clock,
            WaitingRoomSettings settings) {
        this.knownSales = knownSales;
        this.room = room;
        this.rebuildRoom = rebuildRoom;
        this.upkeep = upkeep;
        this.board = board;
        this.clock = clock;
        this.settings = settings;
    }

    /** When things are to be done next for a room, by the steady clock. */
    private static final class Times {
        private volatile long nextTick;
        private volatile long nextCheckpoint;
        private volatile long nextPhase;
        private volatile long phase;
        private volatile long issued = -1;
        private volatile long settled = -1;

        Times(long now) {
            nextTick = now;
            nextCheckpoint = now;
            nextPhase = now;
        }
    }

    private boolean isDue(long when) {
        return clock.nanos() - when >= 0;
    }

    void tickAll() {
        for (var sale : knownSales.current()) {
            if (!isDue(timesOf(sale.id()).nextTick)) continue;
            try {
                tick(sale);
                away = false;
            } catch (WaitingRoomUnavailable reason) {
                if (!away) log.warn("Waiting rooms stand still: {}", reason.getMessage());
                away = true;
                return;
            } catch (DataAccessException trouble) {
                // one room's trouble is not the others'
                log.warn("Waiting room of sale {} misses a beat: {}", sale.id().value(), trouble.toString());
                timesOf(sale.id()).nextTick =
                        clock.nanos() + settings.idleTick().toNanos();
            }
        }
    }

    /** Somebody has begun to wait in a room that may be idle. */
    void stir(SaleId sale) {
        timesOf(sale).nextTick = clock.nanos();
    }

    @EventListener
    void on(SaleChanged changed) {
        tickSoon(changed.sale());
    }

    /** Now, on the caller's thread; trouble with Redis is left to the next regular tick. */
    void tickSoon(SaleId id) {
        knownSales.current(id).ifPresent(sale -> {
            try {
                tick(sale);
            } catch (WaitingRoomUnavailable reason) {
                log.debug("No tick of sale {}: {}", id.value(), reason.getMessage());
            }
        });
    }

    Optional<RoomState> tick(KnownSale sale) {
        var state = room.tick(sale);
        if (state.isEmpty()) {
            rebuildRoom.rebuild(sale);
            state = room.tick(sale);
        }
        state.ifPresent(fresh -> follow(sale, fresh));
        return state;
    }

    private void follow(KnownSale sale, RoomState state) {
        board.post(sale, state);
        var due = timesOf(sale.id());
        due.nextTick = clock.nanos() + (state.idle() ? settings.idleTick() : Duration.ZERO).toNanos();
        upkeep.raiseCeilingIfNear(sale, state);
        upkeep.settleDoubtful(sale, state);
        if (state.soldOut() && (state.phase() != due.phase || isDue(due.nextPhase))) {
            upkeep.agreeOnPhase(sale, state);
            due.phase = state.phase();
            due.nextPhase = clock.nanos() + settings.idleTick().toNanos();
        }
        if (isDue(due.nextCheckpoint) && (state.issued() != due.issued || state.settled() != due.settled)) {
            upkeep.checkpoint(sale, state);
            due.issued = state.issued();
            due.settled = state.settled();
            due.nextCheckpoint = clock.nanos() + settings.checkpoint().toNanos();
        }
    }

    @EventListener
    void forget(SaleForgotten forgotten) {
        times.remove(forgotten.sale());
    }

    private Times timesOf(SaleId sale) {
        return times.computeIfAbsent(sale, _ -> new Times(clock.nanos()));
    }
}
