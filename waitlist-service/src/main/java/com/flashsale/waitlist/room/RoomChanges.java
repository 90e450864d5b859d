package com.flashsale.waitlist.room;

import com.flashsale.waitlist.admission.Admission;
import com.flashsale.waitlist.admission.AdmissionChange;
import com.flashsale.waitlist.sale.Stock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Decisions of PostgreSQL as the arguments of {@code change.lua}. */
final class RoomChanges {

    /** Scores from here on belong to orders in flight, see {@code room.lua}. */
    static final long IN_FLIGHT = 1_000_000_000_000_000L;

    private final List<String> operations = new ArrayList<>();

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
            case ORDERED -> fly(admission);
            case DECIDED, LAPSED -> drop(member(admission));
        };
    }

    RoomChanges fly(Admission admission) {
        return add("FLY", member(admission), Integer.toString(admission.units()), Claim.textOf(admission), "");
    }

    RoomChanges drop(String member) {
        return add("DROP", member, "", "", "");
    }

    RoomChanges offer(Admission admission) {
        var lapse = Long.toString(admission.lapsesAt().toEpochMilli());
        return add("OFFER", member(admission), Integer.toString(admission.units()), Claim.textOf(admission), lapse);
    }

    RoomChanges recorded(long number, Claim claim) {
        return add("RECORDED", Long.toString(number), claim.text(), "", "");
    }

    RoomChanges stock(Stock stock) {
        return add("STOCK", Integer.toString(stock.available()), Long.toString(stock.version()), "", "");
    }

    RoomChanges ceiling(long ceiling) {
        return add("CEILING", Long.toString(ceiling), "", "", "");
    }

    RoomChanges phase(long phase) {
        return add("PHASE", Long.toString(phase), "", "", "");
    }

    private RoomChanges add(String... operation) {
        operations.addAll(List.of(operation));
        return this;
    }

    boolean isEmpty() {
        return operations.isEmpty();
    }

    String[] toArguments() {
        return operations.toArray(String[]::new);
    }

    /** When the promise of this admission lapses, as a score. */
    static long lapse(Admission admission, boolean ordered, Instant now) {
        return ordered ? IN_FLIGHT + now.toEpochMilli() : admission.lapsesAt().toEpochMilli();
    }
}
