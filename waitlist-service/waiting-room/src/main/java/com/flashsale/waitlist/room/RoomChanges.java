package com.flashsale.waitlist.room;

import com.flashsale.waitlist.admission.Admission;
import com.flashsale.waitlist.admission.AdmissionChange;
import com.flashsale.waitlist.sale.Stock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The changes of one room that one script applies. */
final class RoomChanges {

    /** Scores from here on belong to orders in flight, see {@code room.lua}. */
    static final long IN_FLIGHT = 1_000_000_000_000_000L;

    private final List<RoomChange> changes = new ArrayList<>();

    static String member(Admission admission) {
        return switch (admission.source()) {
            case Admission.Turn(var number) -> Long.toString(number);
            case Admission.Offer(var entry) -> "e:" + entry;
        };
    }

    /** Adds the change that follows from this one. */
    RoomChanges follow(AdmissionChange change) {
        var admission = change.admission();
        return switch (change.state()) {
            case ISSUED -> admission.source() instanceof Admission.Offer ? offer(admission) : this;
            case ORDERED -> markInFlight(admission);
            case DECIDED, LAPSED -> drop(member(admission));
        };
    }

    RoomChanges markInFlight(Admission admission) {
        return add(new RoomChange.InFlight(member(admission), admission.units(), Claim.textOf(admission)));
    }

    RoomChanges drop(String member) {
        return add(new RoomChange.Dropped(member));
    }

    RoomChanges offer(Admission admission) {
        var lapse = admission.lapsesAt().toEpochMilli();
        return add(new RoomChange.Offered(member(admission), admission.units(), Claim.textOf(admission), lapse));
    }

    RoomChanges recorded(long number, Claim claim) {
        return add(new RoomChange.Recorded(Long.toString(number), claim.text()));
    }

    RoomChanges stock(Stock stock) {
        return add(new RoomChange.NewStock(stock.available(), stock.version()));
    }

    RoomChanges ceiling(long ceiling) {
        return add(new RoomChange.NewCeiling(ceiling));
    }

    RoomChanges phase(long phase) {
        return add(new RoomChange.NewPhase(phase));
    }

    private RoomChanges add(RoomChange change) {
        changes.add(change);
        return this;
    }

    boolean isEmpty() {
        return changes.isEmpty();
    }

    ScriptArguments toArguments() {
        return new ScriptArguments.Change(List.copyOf(changes));
    }

    /** When the promise of this admission lapses, as a score. */
    static long lapse(Admission admission, boolean ordered, Instant now) {
        return ordered ? IN_FLIGHT + now.toEpochMilli() : admission.lapsesAt().toEpochMilli();
    }
}
