package com.flashsale.waitlist.ticket;

import com.flashsale.waitlist.admission.Admission;
import com.flashsale.waitlist.room.Claim;
import com.flashsale.waitlist.room.PeekReply;
import com.flashsale.waitlist.room.WaitingRoom;
import com.flashsale.waitlist.sale.CustomerId;
import com.flashsale.waitlist.sale.KnownSale;
import com.flashsale.waitlist.ticket.FindTicket.Outcome.Found;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Where a customer stands; looking changes nothing. */
@Service
class FindTicket {

    sealed interface Outcome {

        /**
         * @param admission if it was claimed and is known to be written
         * @param units the most that one order may ask for, with a turn or an admission
         */
        record Found(
                QueueTicket ticket,
                TicketView.State state,
                @Nullable Admission admission,
                @Nullable Integer units) implements Outcome {}

        record NotJoined() implements Outcome {}

        /** The lobby was drawn, and the crowd has no place for this customer. */
        record CrowdFull() implements Outcome {}
    }

    private final WaitingRoom room;
    private final IssueAdmission issueAdmission;

    FindTicket(WaitingRoom room, IssueAdmission issueAdmission) {
        this.room = room;
        this.issueAdmission = issueAdmission;
    }

    Outcome find(KnownSale sale, CustomerId customer) {
        return switch (room.peek(sale, customer)) {
            case PeekReply.NotJoined() -> new Outcome.NotJoined();
            case PeekReply.CrowdFull() -> new Outcome.CrowdFull();
            case PeekReply.InLobby(var place) -> {
                var ticket = QueueTicket.ofLobby(sale.id(), customer, place);
                yield new Found(ticket, TicketView.State.LOBBY, null, null);
            }
            case PeekReply.Waiting(var number) -> found(sale, customer, number, TicketView.State.WAITING, null);
            case PeekReply.HasTurn(var number, var units) ->
                found(sale, customer, number, TicketView.State.ADMITTED, units);
            case PeekReply.Admitted(var number, var claim) -> admitted(sale, customer, number, claim);
            case PeekReply.TurnPassed(var number) -> found(sale, customer, number, TicketView.State.TURN_PASSED, null);
            case PeekReply.SoldOut(var number) -> found(sale, customer, number, TicketView.State.SOLD_OUT, null);
        };
    }

    private Found admitted(KnownSale sale, CustomerId customer, long number, Claim claim) {
        var admission = claim.recorded() ? issueAdmission.asWritten(sale, number, claim) : null;
        var ticket = QueueTicket.numbered(sale.id(), customer, number);
        return new Found(ticket, TicketView.State.ADMITTED, admission, claim.units());
    }

    private static Found found(
            KnownSale sale, CustomerId customer, long number, TicketView.State state, @Nullable Integer units) {
        return new Found(QueueTicket.numbered(sale.id(), customer, number), state, null, units);
    }
}
