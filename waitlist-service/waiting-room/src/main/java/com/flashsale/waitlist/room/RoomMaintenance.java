package com.flashsale.waitlist.room;

import com.flashsale.waitlist.admission.Admission;
import com.flashsale.waitlist.admission.AdmissionChange;
import com.flashsale.waitlist.admission.SettleAdmissions;
import com.flashsale.waitlist.sale.KnownSale;
import com.flashsale.waitlist.sale.SaleCache;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Room maintenance that needs PostgreSQL. */
@Component
class RoomMaintenance {

    private final RoomStore store;
    private final RoomPhases phases;
    private final DrawLobby drawLobby;
    private final SettleAdmissions admissions;
    private final SaleCache saleCache;
    private final WaitingRoomSettings settings;

    RoomMaintenance(
            RoomStore store,
            RoomPhases phases,
            DrawLobby drawLobby,
            SettleAdmissions admissions,
            SaleCache saleCache,
            WaitingRoomSettings settings) {
        this.store = store;
        this.phases = phases;
        this.drawLobby = drawLobby;
        this.admissions = admissions;
        this.saleCache = saleCache;
        this.settings = settings;
    }

    /** Raises the ceiling before the numbers run out. A join or a draw that still meets it raises it too. */
    void raiseCeilingIfNear(KnownSale sale, RoomState state) {
        var numbers = state.numbers();
        var needed = numbers.issued() + settings.numberRange() / 2;
        if (needed > numbers.ceiling()) raiseCeiling(sale, Math.max(numbers.ceiling(), needed));
    }

    /** Raises the ceiling in PostgreSQL and commits it; then Redis may go on. */
    void raiseCeiling(KnownSale sale, long reached) {
        store.raiseCeiling(sale, reached, settings.numberRange());
    }

    /** Settles promises whose time is over, or whose order should have been decided: PostgreSQL knows their outcome. */
    void settleDoubtful(KnownSale sale, RoomState state) {
        var doubtful = state.doubtful().all();
        if (doubtful.isEmpty()) return;
        var members = new HashMap<UUID, String>();
        var withoutClaim = new RoomChanges();
        for (var promise : doubtful) {
            var claim = promise.claim();
            if (claim != null) members.put(claim.id(), promise.member());
            else withoutClaim.drop(promise.member());
        }
        store.redis().change(sale, withoutClaim);
        store.redis().change(sale, decisions(sale, members));
    }

    /**
     * The decisions with the stock after them. The stock is read last and was committed with the decisions, so it knows
     * of each. Without it a taken unit would look free until the event about the stock has come, and would be promised
     * once more.
     */
    private RoomChanges decisions(KnownSale sale, Map<UUID, String> members) {
        var roomChanges = new RoomChanges();
        var states = admissions.states(members.keySet());
        roomChanges.stock(saleCache.stockInDatabase(sale));
        for (AdmissionChange change : states) {
            members.remove(change.admission().id());
            // an issued one ends when order-service has answered
            if (change.state() != Admission.State.ISSUED) roomChanges.follow(change);
        }
        // the others were claimed but never written: no customer has seen them
        members.values().forEach(roomChanges::drop);
        return roomChanges;
    }

    /** Makes PostgreSQL and Redis agree on the phase: the higher one is newer. */
    void agreeOnPhase(KnownSale sale, RoomState state) {
        var phase = phases.soldOut(sale.id(), state);
        if (phase > state.phase()) tellPhase(sale, phase);
    }

    /** Tells the phase with the offers that Redis may have missed: a sold-out room has no need to know of them. */
    void tellPhase(KnownSale sale, long phase) {
        var roomChanges = new RoomChanges();
        for (AdmissionChange change : admissions.undecided(sale.id())) roomChanges.follow(change);
        store.redis().change(sale, roomChanges.phase(phase));
    }

    /** Draws the lobby once the sale is open; returns whether it did, since the first turns can be given then. */
    boolean drawIfOpen(KnownSale sale, RoomState state) {
        var opens = sale.sale().opensAt();
        if (state.customers().lobby() == 0 || state.clock().isBefore(opens)) return false;
        drawLobby.draw(sale);
        return true;
    }

    void checkpoint(KnownSale sale, RoomState state) {
        store.rooms().checkpoint(sale.id(), state);
    }
}
