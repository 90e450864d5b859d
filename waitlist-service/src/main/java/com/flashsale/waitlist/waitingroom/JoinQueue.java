package com.flashsale.waitlist.waitingroom;

import com.flashsale.platform.observability.LoadTest;
import com.flashsale.waitlist.admission.Admission;
import com.flashsale.waitlist.admission.LimitsUsed;
import com.flashsale.waitlist.sale.CustomerId;
import com.flashsale.waitlist.sale.KnownSale;
import com.flashsale.waitlist.sale.KnownSales;
import com.flashsale.waitlist.sale.SaleId;
import com.flashsale.waitlist.waitingroom.LobbyPlaces.LobbyPlace;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
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

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMillis(25);
    private static final int RAISES = 3;

    private final KnownSales knownSales;
    private final WaitingRoom room;
    private final RoomMemory memory;
    private final RoomUpkeep upkeep;
    private final RoomTicker ticker;
    private final IssueAdmission issueAdmission;
    private final RecordPlace recordPlace;
    private final LimitsUsed limitsUsed;
    private final Clock clock;

    JoinQueue(
            KnownSales knownSales,
            WaitingRoom room,
            RoomMemory memory,
            RoomUpkeep upkeep,
            RoomTicker ticker,
            IssueAdmission issueAdmission,
            RecordPlace recordPlace,
            LimitsUsed limitsUsed,
            Clock clock) {
        this.knownSales = knownSales;
        this.room = room;
        this.memory = memory;
        this.upkeep = upkeep;
        this.ticker = ticker;
        this.issueAdmission = issueAdmission;
        this.recordPlace = recordPlace;
        this.limitsUsed = limitsUsed;
        this.clock = clock;
    }

    Outcome join(Command command) {
        var sale = knownSales.await(command.sale());
        if (sale.isEmpty()) return new Outcome.UnknownSale();
        if (!sale.get().sale().isFor(LoadTest.current())) return new Outcome.OtherTraffic();
        if (limitsUsed.isUsedUp(sale.get().id(), command.customer())) return new Outcome.LimitReached();
        return join(sale.get(), command);
    }

    /** The clock of Redis decides. This replica's clock counts only without a room, far from the times of the sale. */
    private Outcome join(KnownSale sale, Command command) {
        if (!knownSales.isCurrent(sale)) return outside(sale).orElseGet(() -> notOpen(sale));
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

    private Outcome outcome(KnownSale sale, Command command, Reply reply) {
        return switch (reply.word()) {
            case "ADMITTED" -> {
                var claim = Claim.parse(reply.text(2));
                var admission = issueAdmission.issue(sale, reply.number(1), claim, reply.epoch());
                yield new Outcome.Admitted(numbered(command, reply), admission, claim.units());
            }
            case "WAITING" -> {
                ticker.stir(sale.id());
                yield new Outcome.Waiting(numbered(command, reply));
            }
            case "LOBBY" -> inLobby(sale, command, reply);
            case "NOT_OPEN" -> notOpen(sale);
            case "SOLD_OUT" -> new Outcome.SoldOut(sale.id());
            case "CROWD_FULL" -> new Outcome.CrowdFull();
            case "ENDED" -> new Outcome.Ended();
            case String unknown -> throw new IllegalStateException("join.lua says " + unknown);
        };
    }

    private Outcome inLobby(KnownSale sale, Command command, Reply reply) {
        ticker.stir(sale.id());
        var place = new LobbyPlace(
                sale.id(),
                command.customer(),
                reply.number(1),
                null,
                sale.sale().loadTest());
        if (!recordPlace.record(place, reply.epoch()))
            throw WaitingRoomUnavailable.missing("the room was rebuilt since it gave the place");
        return new Outcome.InLobby(QueueTicket.ofLobby(sale.id(), command.customer(), place.place()));
    }

    private static QueueTicket numbered(Command command, Reply reply) {
        return QueueTicket.numbered(command.sale(), command.customer(), reply.number(1));
    }

    private Reply reply(KnownSale sale, Command command) {
        for (int raised = 0; raised < RAISES; raised++) {
            var reply = patiently(sale, command);
            if (!reply.is("CEILING")) return reply;
            upkeep.raiseCeiling(sale, memory.of(sale.id()).map(RoomRow::ceiling).orElse(0L));
        }
        throw WaitingRoomUnavailable.away("numbers run out faster than they are approved", null);
    }

    /** Waits for the room of a sale that is seconds old: a replica may still be building it. */
    private Reply patiently(KnownSale sale, Command command) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return room.join(sale, command.customer(), place(sale, command), number(command));
            } catch (WaitingRoomUnavailable notYet) {
                if (notYet.isMissing()) ticker.stir(sale.id());
                if (!notYet.isMissing() || !knownSales.isYoung(sale.id()) || System.nanoTime() - deadline > 0)
                    throw notYet;
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private @Nullable Long place(KnownSale sale, Command command) {
        var shown = command.shown();
        return switch (sale.sale().draw()) {
            case FIFO -> shown == null ? null : shown.place();
            case RANDOM ->
                memory.of(sale.id())
                        .map(row -> LobbyDraw.place(row.seed(), command.customer()))
                        .orElse(null);
        };
    }

    private static @Nullable Long number(Command command) {
        return command.shown() == null ? null : command.shown().number();
    }
}
