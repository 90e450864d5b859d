package com.flashsale.waitlist.entry;

import com.flashsale.platform.loadtest.LoadTests;
import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemType;
import com.flashsale.platform.problem.ProblemTypes;
import com.flashsale.waitlist.entry.JoinWaitlist.Outcome.Ended;
import com.flashsale.waitlist.entry.JoinWaitlist.Outcome.Full;
import com.flashsale.waitlist.entry.JoinWaitlist.Outcome.Joined;
import com.flashsale.waitlist.entry.JoinWaitlist.Outcome.LimitReached;
import com.flashsale.waitlist.entry.JoinWaitlist.Outcome.NotSoldOut;
import com.flashsale.waitlist.entry.JoinWaitlist.Outcome.NothingLeft;
import com.flashsale.waitlist.entry.JoinWaitlist.Outcome.OtherTraffic;
import com.flashsale.waitlist.entry.JoinWaitlist.Outcome.UnknownSale;
import com.flashsale.waitlist.problem.RoomProblems;
import com.flashsale.waitlist.sale.CustomerId;
import com.flashsale.waitlist.sale.SaleId;
import com.flashsale.waitlist.ticket.QueueTicket;
import com.flashsale.waitlist.ticket.QueueTickets;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * A customer's own entries; those of others are not found. No Idempotency-Key: a customer has one entry in a sale at a
 * time.
 */
@RestController
@RequestMapping("/api/v1")
class WaitlistController {

    private static final ProblemType NOT_SOLD_OUT =
            new ProblemType("not-sold-out", 409, "The sale is not sold out: join its queue.");
    private static final ProblemType WAITLIST_CLOSED =
            new ProblemType("waitlist-closed", 409, "Everything is sold; nothing can come back.");

    private static final ProblemType WAITLIST_FULL =
            new ProblemType("waitlist-full", 409, "The waitlist is full: more people wait than units can come back.");

    private final JoinWaitlist joinWaitlist;
    private final LeaveWaitlist leaveWaitlist;
    private final ReadEntries readEntries;
    private final QueueTickets tickets;

    WaitlistController(
            JoinWaitlist joinWaitlist, LeaveWaitlist leaveWaitlist, ReadEntries readEntries, QueueTickets tickets) {
        this.joinWaitlist = joinWaitlist;
        this.leaveWaitlist = leaveWaitlist;
        this.readEntries = readEntries;
        this.tickets = tickets;
    }

    /** @param ticket of the queue: keeps its place if its turn had not come */
    record JoinRequest(@Nullable @Size(max = 2048) String ticket) {}

    @PostMapping("/sales/{saleId}/waitlist-entries")
    ResponseEntity<EntryView> join(
            @PathVariable UUID saleId,
            @AuthenticationPrincipal Jwt shopper,
            @RequestBody(required = false) @Valid @Nullable JoinRequest request) {
        var sale = new SaleId(saleId);
        var customer = customer(shopper);
        var shown = request == null || request.ticket() == null ? null : ticket(request.ticket(), sale, customer);
        return switch (joinWaitlist.join(new JoinWaitlist.Command(sale, customer, shown))) {
            case Joined(var entry, var position) ->
                ResponseEntity.created(URI.create("/api/v1/waitlist-entries/" + entry.id()))
                        .body(readEntries.view(entry, position));
            case NotSoldOut() -> throw new ProblemException(NOT_SOLD_OUT, "There may still be units for you there.");
            case LimitReached() -> throw RoomProblems.limitReached();
            case Full() ->
                throw new ProblemException(
                        WAITLIST_FULL, "Come back in a while: places become free when people leave.");
            case NothingLeft() -> throw new ProblemException(WAITLIST_CLOSED, "All units are paid for.");
            case Ended() -> throw RoomProblems.saleEnded();
            case OtherTraffic() -> throw LoadTests.mismatch();
            case UnknownSale() -> throw RoomProblems.saleNotFound();
        };
    }

    @GetMapping("/waitlist-entries/{id}")
    EntryView entry(@PathVariable UUID id, @AuthenticationPrincipal Jwt shopper) {
        return readEntries.find(id, customer(shopper)).orElseThrow(WaitlistController::notFound);
    }

    @GetMapping("/waitlist-entries")
    EntryView.Page entries(
            @AuthenticationPrincipal Jwt shopper,
            @RequestParam(required = false) @Nullable UUID cursor,
            @RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit) {
        return readEntries.page(customer(shopper), cursor, limit);
    }

    @DeleteMapping("/waitlist-entries/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void leave(@PathVariable UUID id, @AuthenticationPrincipal Jwt shopper) {
        var entry = readEntries.find(id, customer(shopper)).orElseThrow(WaitlistController::notFound);
        leaveWaitlist.leave(entry.id(), customer(shopper));
    }

    private QueueTicket ticket(String token, SaleId sale, CustomerId customer) {
        return tickets.verify(token, sale, customer).orElseThrow(RoomProblems::ticketInvalid);
    }

    private static CustomerId customer(Jwt shopper) {
        return new CustomerId(UUID.fromString(shopper.getSubject()));
    }

    private static ProblemException notFound() {
        return new ProblemException(ProblemTypes.NOT_FOUND, "You have no such entry.");
    }
}
