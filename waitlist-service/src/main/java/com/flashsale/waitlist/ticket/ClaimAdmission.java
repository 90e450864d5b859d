package com.flashsale.waitlist.ticket;

import com.flashsale.platform.observability.LoadTest;
import com.flashsale.waitlist.admission.Admission;
import com.flashsale.waitlist.admission.AdmissionSettings;
import com.flashsale.waitlist.room.ClaimReply;
import com.flashsale.waitlist.room.WaitingRoom;
import com.flashsale.waitlist.room.WaitingRoomUnavailable;
import com.flashsale.waitlist.sale.KnownSale;
import com.flashsale.waitlist.sale.SaleCache;
import com.flashsale.waitlist.sale.SaleId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Service;

/** Exchanges a ticket whose turn has come for an admission; asking again gives the same one while it lives. */
@Service
class ClaimAdmission {

    sealed interface Outcome {
        record Claimed(Admission admission) implements Outcome {}

        record NotYourTurn(Duration retryAfter) implements Outcome {}

        /** The sale is paused, and so is the clock of a turn. */
        record Paused(boolean hasTurn) implements Outcome {}

        record TurnPassed() implements Outcome {}

        record SoldOut(SaleId sale) implements Outcome {}

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
    private final AdmissionSettings settings;
    private final Clock clock;

    ClaimAdmission(
            SaleCache saleCache,
            WaitingRoom room,
            IssueAdmission issueAdmission,
            AdmissionSettings settings,
            Clock clock) {
        this.saleCache = saleCache;
        this.room = room;
        this.issueAdmission = issueAdmission;
        this.settings = settings;
        this.clock = clock;
    }

    Outcome claim(QueueTicket ticket) {
        var sale = saleCache.await(ticket.sale());
        if (sale.isEmpty()) return new Outcome.UnknownSale();
        if (!sale.get().sale().isFor(LoadTest.current())) return new Outcome.OtherTraffic();
        return claim(sale.get(), ticket);
    }

    /**
     * The clock of Redis says what the time is; the one of this replica only where it has no room, far from the sale's
     * times.
     */
    private Outcome claim(KnownSale sale, QueueTicket ticket) {
        var now = clock.instant();
        if (!saleCache.isCurrent(sale)) return outside(sale, now);
        try {
            return outcome(sale, ticket, room.claim(sale, ticket.customer(), ticket.number()));
        } catch (WaitingRoomUnavailable away) {
            if (sale.sale().hasEnded(now)) return new Outcome.Ended();
            throw away;
        }
    }

    private static Outcome outside(KnownSale sale, Instant now) {
        if (sale.sale().hasEnded(now)) return new Outcome.Ended();
        return new Outcome.NotYourTurn(Duration.between(now, sale.sale().lobbyOpensAt()));
    }

    private Outcome outcome(KnownSale sale, QueueTicket ticket, ClaimReply reply) {
        return switch (reply) {
            case ClaimReply.Admitted admitted -> claimed(sale, admitted);
            case ClaimReply.NotYourTurn(var retryAfter) -> new Outcome.NotYourTurn(retryAfter);
            case ClaimReply.Paused() -> new Outcome.Paused(false);
            case ClaimReply.TurnKept() -> new Outcome.Paused(true);
            case ClaimReply.TurnPassed() -> new Outcome.TurnPassed();
            case ClaimReply.SoldOut() -> new Outcome.SoldOut(ticket.sale());
            case ClaimReply.Ended() -> new Outcome.Ended();
        };
    }

    private Outcome claimed(KnownSale sale, ClaimReply.Admitted admitted) {
        return issueAdmission
                .issue(sale, admitted.number(), admitted.claim(), admitted.epoch())
                .<Outcome>map(Outcome.Claimed::new)
                .orElseGet(() -> new Outcome.NotYourTurn(settings.grace()));
    }
}
