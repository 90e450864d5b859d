package com.flashsale.waitlist.ticket;

import com.flashsale.platform.loadtest.LoadTests;
import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemTypes;
import com.flashsale.waitlist.admission.Admission;
import com.flashsale.waitlist.problem.RoomProblems;
import com.flashsale.waitlist.sale.CustomerId;
import com.flashsale.waitlist.sale.KnownSale;
import com.flashsale.waitlist.sale.SaleCache;
import com.flashsale.waitlist.sale.SaleId;
import com.flashsale.waitlist.status.QueueStatusCache;
import com.flashsale.waitlist.ticket.JoinQueue.Outcome.Admitted;
import com.flashsale.waitlist.ticket.JoinQueue.Outcome.CrowdFull;
import com.flashsale.waitlist.ticket.JoinQueue.Outcome.Ended;
import com.flashsale.waitlist.ticket.JoinQueue.Outcome.InLobby;
import com.flashsale.waitlist.ticket.JoinQueue.Outcome.LimitReached;
import com.flashsale.waitlist.ticket.JoinQueue.Outcome.NotOpen;
import com.flashsale.waitlist.ticket.JoinQueue.Outcome.OtherTraffic;
import com.flashsale.waitlist.ticket.JoinQueue.Outcome.SoldOut;
import com.flashsale.waitlist.ticket.JoinQueue.Outcome.UnknownSale;
import com.flashsale.waitlist.ticket.JoinQueue.Outcome.Waiting;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * A customer's own place. No Idempotency-Key: the place itself is the key, since the same customer always gets the same
 * ticket, and the same admission while it lives.
 */
@RestController
@RequestMapping("/api/v1/sales/{saleId}")
class TicketController {

    private final JoinQueue joinQueue;
    private final ClaimAdmission claimAdmission;
    private final FindTicket findTicket;
    private final SaleCache saleCache;
    private final QueueTickets tickets;
    private final AdmissionTokens admissions;
    private final QueueStatusCache statusCache;

    TicketController(
            JoinQueue joinQueue,
            ClaimAdmission claimAdmission,
            FindTicket findTicket,
            SaleCache saleCache,
            QueueTickets tickets,
            AdmissionTokens admissions,
            QueueStatusCache statusCache) {
        this.joinQueue = joinQueue;
        this.claimAdmission = claimAdmission;
        this.findTicket = findTicket;
        this.saleCache = saleCache;
        this.tickets = tickets;
        this.admissions = admissions;
        this.statusCache = statusCache;
    }

    /** @param ticket that one already has: after a loss of Redis it brings the place back */
    record JoinRequest(@Nullable @Size(max = 2048) String ticket) {}

    record ClaimRequest(@NotBlank @Size(max = 2048) String ticket) {}

    /** @param units the most that one order may ask for */
    record AdmissionView(String admission, Instant expiresAt, int units) {}

    @PostMapping("/queue-tickets")
    @ResponseStatus(HttpStatus.CREATED)
    TicketView join(
            @PathVariable UUID saleId,
            @AuthenticationPrincipal Jwt shopper,
            @RequestBody(required = false) @Valid @Nullable JoinRequest request) {
        var sale = new SaleId(saleId);
        var customer = customer(shopper);
        var shown = request == null || request.ticket() == null ? null : ticket(request.ticket(), sale, customer);
        return switch (joinQueue.join(new JoinQueue.Command(sale, customer, shown))) {
            case InLobby(var ticket) -> view(ticket, TicketView.State.LOBBY, null, null);
            case Waiting(var ticket) -> view(ticket, TicketView.State.WAITING, null, null);
            case Admitted(var ticket, var admission, var units) ->
                view(ticket, TicketView.State.ADMITTED, admission.orElse(null), units);
            case NotOpen(var opensAt, var lobbyOpensAt) -> throw RoomProblems.saleNotOpen(opensAt, lobbyOpensAt);
            case SoldOut(var soldOut) -> throw RoomProblems.soldOut(soldOut);
            case CrowdFull() -> throw RoomProblems.crowdFull();
            case LimitReached() -> throw RoomProblems.limitReached();
            case Ended() -> throw RoomProblems.saleEnded();
            case OtherTraffic() -> throw LoadTests.mismatch();
            case UnknownSale() -> throw RoomProblems.saleNotFound();
        };
    }

    @GetMapping("/queue-tickets/mine")
    TicketView mine(@PathVariable UUID saleId, @AuthenticationPrincipal Jwt shopper) {
        KnownSale sale = saleCache.await(new SaleId(saleId)).orElseThrow(RoomProblems::saleNotFound);
        if (saleCache.isOver(sale)) throw RoomProblems.saleEnded();
        return switch (findTicket.find(sale, customer(shopper))) {
            case FindTicket.Outcome.Found(var ticket, var state, var admission, var units) ->
                view(ticket, state, admission, units);
            case FindTicket.Outcome.CrowdFull() -> throw RoomProblems.crowdFull();
            case FindTicket.Outcome.NotJoined() ->
                throw new ProblemException(ProblemTypes.NOT_FOUND, "You have not joined this sale.");
        };
    }

    @PostMapping("/admissions")
    @ResponseStatus(HttpStatus.CREATED)
    AdmissionView claim(
            @PathVariable UUID saleId, @AuthenticationPrincipal Jwt shopper, @RequestBody @Valid ClaimRequest request) {
        var ticket = ticket(request.ticket(), new SaleId(saleId), customer(shopper));
        return switch (claimAdmission.claim(ticket)) {
            case ClaimAdmission.Outcome.Claimed(var admission) ->
                new AdmissionView(admissions.sign(admission), admission.expiresAt(), admission.units());
            case ClaimAdmission.Outcome.Paused(var hasTurn) -> throw RoomProblems.paused(hasTurn);
            case ClaimAdmission.Outcome.NotYourTurn(var wait) -> throw RoomProblems.notYourTurn(wait);
            case ClaimAdmission.Outcome.TurnPassed() -> throw RoomProblems.turnPassed();
            case ClaimAdmission.Outcome.SoldOut(var sale) -> throw RoomProblems.soldOut(sale);
            case ClaimAdmission.Outcome.Ended() -> throw RoomProblems.saleEnded();
            case ClaimAdmission.Outcome.OtherTraffic() -> throw LoadTests.mismatch();
            case ClaimAdmission.Outcome.UnknownSale() -> throw RoomProblems.saleNotFound();
        };
    }

    private QueueTicket ticket(String token, SaleId sale, CustomerId customer) {
        return tickets.verify(token, sale, customer).orElseThrow(RoomProblems::ticketInvalid);
    }

    private TicketView view(
            QueueTicket ticket, TicketView.State state, @Nullable Admission admission, @Nullable Integer units) {
        return new TicketView(
                ticket.number(),
                state,
                tickets.sign(ticket),
                admission == null ? null : admissions.sign(admission),
                admission == null ? null : admission.expiresAt(),
                admission == null ? units : Integer.valueOf(admission.units()),
                state == TicketView.State.WAITING && ticket.number() != null
                        ? statusCache.waitingTime(ticket.sale(), ticket.number())
                        : null);
    }

    private static CustomerId customer(Jwt shopper) {
        return new CustomerId(UUID.fromString(shopper.getSubject()));
    }
}
