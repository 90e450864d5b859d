package com.flashsale.waitlist.ticket;

import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.test.simulation.SimulatedService;
import com.flashsale.waitlist.admission.Admission;
import com.flashsale.waitlist.room.WaitingRoomUnavailable;
import com.flashsale.waitlist.sale.CustomerId;
import com.flashsale.waitlist.sale.SaleId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The access of a simulation to the queue tickets, in place of customers. */
public final class TicketTestAccess {

    private TicketTestAccess() {}

    /**
     * @param word the reply to the customer
     * @param ticket if the customer has one now
     * @param admission if the customer has one now
     */
    public record Answer(
            String word,
            @Nullable QueueTicket ticket,
            @Nullable Admission admission) {

        static Answer of(String word) {
            return new Answer(word, null, null);
        }
    }

    /** The place of a ticket of the lobby. */
    public static long place(QueueTicket ticket, byte[] seed) {
        var arrival = ticket.place();
        return arrival == null ? LobbyDraw.place(seed, ticket.customer()) : arrival;
    }

    public static Answer join(SimulatedService service, UUID sale, UUID customer, @Nullable QueueTicket shown) {
        var command = new JoinQueue.Command(new SaleId(sale), new CustomerId(customer), shown);
        try {
            return switch (service.bean(JoinQueue.class).join(command)) {
                case JoinQueue.Outcome.InLobby(var ticket) -> new Answer("LOBBY", ticket, null);
                case JoinQueue.Outcome.Waiting(var ticket) -> new Answer("WAITING", ticket, null);
                case JoinQueue.Outcome.Admitted(var ticket, var admission, var _) ->
                    new Answer("ADMITTED", ticket, admission.orElse(null));
                case JoinQueue.Outcome.NotOpen _ -> Answer.of("NOT_OPEN");
                case JoinQueue.Outcome.SoldOut _ -> Answer.of("SOLD_OUT");
                case JoinQueue.Outcome.CrowdFull _ -> Answer.of("CROWD_FULL");
                case JoinQueue.Outcome.LimitReached _ -> Answer.of("LIMIT_REACHED");
                case JoinQueue.Outcome.Ended _ -> Answer.of("ENDED");
                case JoinQueue.Outcome.OtherTraffic _ -> Answer.of("OTHER_TRAFFIC");
                case JoinQueue.Outcome.UnknownSale _ -> Answer.of("UNKNOWN_SALE");
            };
        } catch (WaitingRoomUnavailable away) {
            return Answer.of("UNAVAILABLE");
        } catch (ProblemException refused) {
            return Answer.of(refused.type().code());
        }
    }

    public static Answer claim(SimulatedService service, QueueTicket ticket) {
        try {
            return switch (service.bean(ClaimAdmission.class).claim(ticket)) {
                case ClaimAdmission.Outcome.Claimed(var admission) -> new Answer("ADMITTED", ticket, admission);
                case ClaimAdmission.Outcome.NotYourTurn _ -> new Answer("WAITING", ticket, null);
                case ClaimAdmission.Outcome.Paused _ -> new Answer("WAITING", ticket, null);
                case ClaimAdmission.Outcome.TurnPassed _ -> Answer.of("PASSED");
                case ClaimAdmission.Outcome.SoldOut _ -> Answer.of("SOLD_OUT");
                case ClaimAdmission.Outcome.Ended _ -> Answer.of("ENDED");
                case ClaimAdmission.Outcome.OtherTraffic _ -> Answer.of("OTHER_TRAFFIC");
                case ClaimAdmission.Outcome.UnknownSale _ -> Answer.of("UNKNOWN_SALE");
            };
        } catch (WaitingRoomUnavailable away) {
            return Answer.of("UNAVAILABLE");
        } catch (ProblemException refused) {
            return Answer.of(refused.type().code());
        }
    }
}
