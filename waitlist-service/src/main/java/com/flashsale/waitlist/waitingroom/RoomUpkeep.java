package com.flashsale.waitlist.waitingroom;

import com.flashsale.waitlist.admission.AdmissionChange;
import com.flashsale.waitlist.admission.AdmissionState;
import com.flashsale.waitlist.admission.SettleAdmissions;
import com.flashsale.waitlist.sale.KnownSale;
import com.flashsale.waitlist.sale.KnownSales;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Room maintenance that needs PostgreSQL. */
@Component
class RoomUpkeep {

    private final Rooms rooms;
    private final RoomPhases phases;
    private final RoomMemory memory;
    private final WaitingRoom room;
    private final DrawLobby drawLobby;
    private final SettleAdmissions admissions;
    private final KnownSales knownSales;
    private final WaitingRoomSettings settings;

    RoomUpkeep(
            Rooms rooms,
            RoomPhases phases,
            RoomMemory memory,
            WaitingRoom room,
            DrawLobby drawLobby,
            SettleAdmissions admissions,
            KnownSales knownSales,
            WaitingRoomSettings settings) {
        this.rooms = rooms;
        this.phases = phases;
        this.memory = memory;
        this.room = room;
        this.drawLobby = drawLobby;
        this.admissions = admissions;
        this.knownSales = knownSales;
        this.settings = settings;
    }

    /** Raises the ceiling before the numbers run out. A join or a draw that still meets it raises it too. */
    void raiseCeilingIfNear(KnownSale sale, RoomState state) {
        var needed = state.issued() + settings.numberRange() / 2;
        if (needed > state.ceiling()) raiseCeiling(sale, Math.max(state.ceiling(), needed));
    }

    /** Raises the ceiling in PostgreSQL and commits it; then Redis may go on. */
    void raiseCeiling(KnownSale sale, long reached) {
        var row = rooms.raiseCeiling(sale.id(), reached, settings.numberRange());
        memory.learn(sale.id(), row);
        room.change(sale, new RoomChanges().ceiling(row.ceiling()));
    }

    /** Settles promises whose time is over, or whose order should have been decided: PostgreSQL knows their outcome. */
    void settleDoubtful(KnownSale sale, RoomState state) {
        if (state.overdue().isEmpty() && state.stuck().isEmpty()) return;
        var members = new HashMap<UUID, String>();
        var unreadable = new RoomChanges();
        for (var text : concat(state.overdue(), state.stuck())) {
            var cut = text.indexOf('|');
            if (cut + 1 < text.length())
                members.put(Claim.parse(text.substring(cut + 1)).id(), text.substring(0, cut));
            else unreadable.drop(text.substring(0, cut));
        }
        room.change(sale, unreadable);
        room.change(sale, decisions(sale, members));
    }

    /**
     * The decisions with the stock after them. The stock is read last and was committed with the decisions, so it knows
     * of each. Without it a taken unit would look free until the event about the stock has come, and would be promised
     * once more.
     */
    private RoomChanges decisions(KnownSale sale, Map<UUID, String> members) {
        var told = new RoomChanges();
        var states = admissions.states(members.keySet());
        told.stock(knownSales.stockInDatabase(sale));
        for (AdmissionChange change : states) {
            members.remove(change.admission().id());
            // an issued one ends when order-service has answered
            if (change.state() != AdmissionState.ISSUED) Promises.add(told, change);
        }
        // the others were claimed but never written: no customer has seen them
        members.values().forEach(told::drop);
        return told;
    }

    private static List<String> concat(List<String> a, List<String> b) {
        return java.util.stream.Stream.concat(a.stream(), b.stream()).toList();
    }

    /** Makes PostgreSQL and Redis agree on the phase: the higher one is newer. */
    void agreeOnPhase(KnownSale sale, RoomState state) {
        var phase = phases.soldOut(sale.id(), state);
        if (phase > state.phase()) tellPhase(sale, phase);
    }

    /** Tells the phase with the offers that Redis may have missed: a sold-out room has no need to know of them. */
    void tellPhase(KnownSale sale, long phase) {
        var told = new RoomChanges();
        for (AdmissionChange change : admissions.undecided(sale.id())) Promises.add(told, change);
        room.change(sale, told.phase(phase));
    }

    /** Draws the lobby once the sale is open; returns whether it did, since the first turns can be given then. */
    boolean drawIfOpen(KnownSale sale, RoomState state) {
        var opens = sale.sale().opensAt();
        if (state.lobby() == 0 || state.clock().isBefore(opens)) return false;
        drawLobby.draw(sale);
        return true;
    }

    void checkpoint(KnownSale sale, RoomState state) {
        rooms.checkpoint(sale.id(), state);
    }
}
