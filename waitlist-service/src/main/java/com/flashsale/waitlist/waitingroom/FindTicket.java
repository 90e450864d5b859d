package com.flashsale.waitlist.waitingroom;

import com.flashsale.waitlist.admission.Admission;
import com.flashsale.waitlist.sale.CustomerId;
import com.flashsale.waitlist.sale.KnownSale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Where a customer stands; looking changes nothing. */
@Service
class FindTicket {

    /**
     * @param admission if it was claimed and is known to be written
     * @param units the most that one order may ask for, with a turn or an admission
     */
    record Found(
            QueueTicket ticket,
            TicketView.State state,
            @Nullable Admission admission,
            @Nullable Integer units) {}

    private final WaitingRoom room;
    private final IssueAdmission issueAdmission;

    FindTicket(WaitingRoom room, IssueAdmission issueAdmission) {
        this.room = room;
        this.issueAdmission = issueAdmission;
    }

    Optional<Found> find(KnownSale sale, CustomerId customer) {
        var reply = room.peek(sale, customer);
        return switch (reply.word()) {
            case "NONE" -> Optional.empty();
            case "LOBBY" -> {
                var ticket = QueueTicket.ofLobby(sale.id(), customer, reply.number(1));
                yield Optional.of(new Found(ticket, TicketView.State.LOBBY, null, null));
            }
            case "WAITING" -> Optional.of(without(sale, customer, reply, TicketView.State.WAITING));
            case "TURN" -> {
                var turn = without(sale, customer, reply, TicketView.State.ADMITTED);
                yield Optional.of(new Found(turn.ticket(), turn.state(), null, (int) reply.number(2)));
            }
            case "ADMITTED" -> Optional.of(admitted(sale, customer, reply));
            case "PASSED" -> Optional.of(without(sale, customer, reply, TicketView.State.TURN_PASSED));
            case "SOLD_OUT" -> Optional.of(without(sale, customer, reply, TicketView.State.SOLD_OUT));
            case String unknown -> throw new IllegalStateException("peek.lua says " + unknown);
        };
    }

    private Found admitted(KnownSale sale, CustomerId customer, Reply reply) {
        var number = reply.number(1);
        var claim = Claim.parse(reply.text(2));
        var admission = claim.recorded() ? issueAdmission.asWritten(sale, number, claim) : null;
        var ticket = QueueTicket.numbered(sale.id(), customer, number);
        return new Found(ticket, TicketView.State.ADMITTED, admission, claim.units());
    }

    private static Found without(KnownSale sale, CustomerId customer, Reply reply, TicketView.State state) {
        return new Found(QueueTicket.numbered(sale.id(), customer, reply.number(1)), state, null, null);
    }
}
