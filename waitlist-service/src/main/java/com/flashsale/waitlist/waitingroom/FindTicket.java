package com.flashsale.waitlist.waitingroom;

import com.flashsale.waitlist.admission.Admission;
import com.flashsale.waitlist.admission.AdmissionSettings;
import com.flashsale.waitlist.sale.CustomerId;
import com.flashsale.waitlist.sale.KnownSale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Where a customer stands; looking changes nothing. */
@Service
class FindTicket {

    /** @param admission if it was claimed and is known to be written */
    record Found(
            QueueTicket ticket,
            TicketView.State state,
            @Nullable Admission admission) {}

    private final WaitingRoom room;
    private final AdmissionSettings settings;

    FindTicket(WaitingRoom room, AdmissionSettings settings) {
        this.room = room;
        this.settings = settings;
    }

    Optional<Found> find(KnownSale sale, CustomerId customer) {
        var reply = room.peek(sale, customer);
        return switch (reply.word()) {
            case "NONE" -> Optional.empty();
            case "LOBBY" ->
                Optional.of(new Found(
                        new QueueTicket(sale.id(), customer, null, reply.number(1)), TicketView.State.LOBBY, null));
            case "WAITING" -> found(sale, customer, reply, TicketView.State.WAITING);
            case "TURN", "ADMITTED" -> found(sale, customer, reply, TicketView.State.ADMITTED);
            case "PASSED" -> found(sale, customer, reply, TicketView.State.TURN_PASSED);
            case "SOLD_OUT" -> found(sale, customer, reply, TicketView.State.SOLD_OUT);
            case String unknown -> throw new IllegalStateException("peek.lua says " + unknown);
        };
    }

    private Optional<Found> found(KnownSale sale, CustomerId customer, Reply reply, TicketView.State state) {
        var number = reply.number(1);
        var claim = reply.is("ADMITTED") ? Claim.parse(reply.text(2)) : null;
        var admission =
                claim != null && claim.recorded() ? claim.toAdmission(sale.sale(), number, settings.grace()) : null;
        return Optional.of(new Found(new QueueTicket(sale.id(), customer, number, null), state, admission));
    }
}
