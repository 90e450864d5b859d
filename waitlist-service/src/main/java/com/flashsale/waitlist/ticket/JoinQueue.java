package com.flashsale.waitlist.ticket;

import com.flashsale.platform.observability.LoadTest;
import com.flashsale.waitlist.admission.Admission;
import com.flashsale.waitlist.admission.LimitsUsed;
import com.flashsale.waitlist.room.JoinReply;
import com.flashsale.waitlist.room.WaitingRoom;
import com.flashsale.waitlist.room.WaitingRoomUnavailable;
import com.flashsale.waitlist.sale.CustomerId;
import com.flashsale.waitlist.sale.KnownSale;
import com.flashsale.waitlist.sale.SaleCache;
import com.flashsale.waitlist.sale.SaleId;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Gives a customer a place in the line, always the same one, and the turn at once if no other customer is in front. */
@Service
class JoinQueue {

    /** @param shown a ticket that the customer already has, or null */
    record Command(
            SaleId sale, CustomerId customer, @Nullable QueueTicket shown) {}

    sealed interface Outcome {
        record InLobby(QueueTicket ticket) implements Outcome {}

        record Waiting(QueueTicket ticket) implements Outcome {}

        /** @param admission empty while an earlier one has not lapsed: it can be claimed in a moment */
        record Admitted(QueueTicket ticket, Optional<Admission> admission, int units) implements Outcome {}

        record NotOpen(Instant opensAt, Instant lobbyOpensAt) implements Outcome {}

        record SoldOut(SaleId sale) implements Outcome {}

        record CrowdFull() implements Outcome {}

        /** The customer holds or owns as many units as the purchase limit allows. */
        record LimitReached() implements Outcome {}

        record Ended() implements Outcome {}

        /**
         * The sale is for a load test and the customer is real, or the other way round, or they are of two load tests.
         */
        record OtherTraffic() implements Outcome {}

        record UnknownSale() implements Outcome {}
    }

    private final SaleCache saleCache;
    private final WaitingRoom room;
    private final IssueAdmission issueAdmission;
    private final LimitsUsed limitsUsed;
    private final Clock clock;

    JoinQueue(
            SaleCache saleCache, WaitingRoom room, IssueAdmission issueAdmission, LimitsUsed limitsUsed, Clock clock) {
        this.saleCache = saleCache;
        this.room = room;
        this.issueAdmission = issueAdmission;
        this.limitsUsed = limitsUsed;
        this.clock = clock;
    }

    Outcome join(Command command) {
        var sale = saleCache.await(command.sale());
        if (sale.isEmpty()) return new Outcome.UnknownSale();
        if (!sale.get().sale().isFor(LoadTest.current())) return new Outcome.OtherTraffic();
        if (limitsUsed.isUsedUp(sale.get().id(), command.customer())) return new Outcome.LimitReached();
        return join(sale.get(), command);
    }

    /** The clock of Redis decides. This replica's clock counts only without a room, far from the times of the sale. */
    private Outcome join(KnownSale sale, Command command) {
        if (!saleCache.isCurrent(sale)) return outside(sale).orElseGet(() -> notOpen(sale));
        try {
            return outcome(sale, command, reply(sale, command));
        } catch (WaitingRoomUnavailable away) {
            return outside(sale).orElseThrow(() -> away);
        }
    }

    private Optional<Outcome> outside(KnownSale sale) {
        var now = clock.instant();
        if (sale.sale().hasEnded(now)) return Optional.of(new Outcome.Ended());
        return now.isBefore(sale.sale().lobbyOpensAt()) ? Optional.of(notOpen(sale)) : Optional.empty();
    }

    private static Outcome notOpen(KnownSale sale) {
        return new Outcome.NotOpen(sale.sale().opensAt(), sale.sale().lobbyOpensAt());
    }

    private Outcome outcome(KnownSale sale, Command command, JoinReply reply) {
        return switch (reply) {
            case JoinReply.Admitted(var number, var claim, var epoch) -> {
                var admission = issueAdmission.issue(sale, number, claim, epoch);
                yield new Outcome.Admitted(numbered(command, number), admission, claim.units());
            }
            case JoinReply.Waiting(var number) -> new Outcome.Waiting(numbered(command, number));
            case JoinReply.InLobby(var place, var _) ->
                new Outcome.InLobby(QueueTicket.ofLobby(sale.id(), command.customer(), place));
            case JoinReply.NotOpen() -> notOpen(sale);
            case JoinReply.SoldOut() -> new Outcome.SoldOut(sale.id());
            case JoinReply.CrowdFull() -> new Outcome.CrowdFull();
            case JoinReply.Ended() -> new Outcome.Ended();
        };
    }

    private static QueueTicket numbered(Command command, long number) {
        return QueueTicket.numbered(command.sale(), command.customer(), number);
    }

    private JoinReply reply(KnownSale sale, Command command) {
        var number = command.shown() == null ? null : command.shown().number();
        return room.join(sale, command.customer(), number, () -> place(sale, command));
    }

    private Optional<Long> place(KnownSale sale, Command command) {
        return switch (sale.sale().draw()) {
            case FIFO -> Optional.ofNullable(command.shown()).map(QueueTicket::place);
            case RANDOM -> room.seed(sale.id()).map(seed -> LobbyDraw.place(seed, command.customer()));
        };
    }
}
