package com.flashsale.waitlist.room;

import com.flashsale.waitlist.room.LobbyPlaces.LobbyPlace;
import com.flashsale.waitlist.sale.CustomerId;
import com.flashsale.waitlist.sale.KnownSale;
import com.flashsale.waitlist.sale.SaleCache;
import com.flashsale.waitlist.sale.SaleId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The waiting rooms as the packages use them that serve customers. A join waits for a room that is being built, raises
 * the ceiling when it is reached, and writes a place in the lobby to PostgreSQL.
 */
@Component
public class WaitingRoom {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMillis(25);
    private static final int RAISES = 3;

    private final RoomStore store;
    private final RoomMaintenance maintenance;
    private final RoomTicker ticker;
    private final RecordPlace recordPlace;
    private final RecordedClaims recordedClaims;
    private final SaleCache saleCache;

    WaitingRoom(
            RoomStore store,
            RoomMaintenance maintenance,
            RoomTicker ticker,
            RecordPlace recordPlace,
            RecordedClaims recordedClaims,
            SaleCache saleCache) {
        this.store = store;
        this.maintenance = maintenance;
        this.ticker = ticker;
        this.recordPlace = recordPlace;
        this.recordedClaims = recordedClaims;
        this.saleCache = saleCache;
    }

    /**
     * @param shownNumber of a ticket that the customer has shown
     * @param place in the lobby's draw, or empty for the order of arrival; asked at each try, since a young sale may
     *     have no seed yet
     */
    public JoinReply join(
            KnownSale sale, CustomerId customer, @Nullable Long shownNumber, Supplier<Optional<Long>> place) {
        for (int raised = 0; raised < RAISES; raised++) {
            var reply = joinPatiently(sale, customer, shownNumber, place);
            reply.ifPresent(joined -> follow(sale, customer, joined));
            if (reply.isPresent()) return reply.get();
            maintenance.raiseCeiling(sale, ceiling(sale));
        }
        throw WaitingRoomUnavailable.away("numbers run out faster than they are approved", null);
    }

    /** Waits for the room of a sale that is seconds old: a replica may still be building it. */
    private Optional<JoinReply> joinPatiently(
            KnownSale sale, CustomerId customer, @Nullable Long shownNumber, Supplier<Optional<Long>> place) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return store.joins().join(sale, customer, place.get().orElse(null), shownNumber);
            } catch (WaitingRoomUnavailable notYet) {
                if (notYet.isMissing()) ticker.requestTick(sale.id());
                if (!notYet.isMissing() || !saleCache.isYoung(sale.id()) || System.nanoTime() - deadline > 0)
                    throw notYet;
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private long ceiling(KnownSale sale) {
        return store.rowCache().of(sale.id()).map(RoomRow::ceiling).orElse(0L);
    }

    private void follow(KnownSale sale, CustomerId customer, JoinReply reply) {
        if (reply instanceof JoinReply.Waiting) ticker.requestTick(sale.id());
        if (reply instanceof JoinReply.InLobby lobby) keepPlace(sale, customer, lobby);
    }

    private void keepPlace(KnownSale sale, CustomerId customer, JoinReply.InLobby lobby) {
        ticker.requestTick(sale.id());
        var place = new LobbyPlace(sale.id(), customer, lobby.place(), null);
        if (!recordPlace.record(place, lobby.epoch()))
            throw WaitingRoomUnavailable.missing("the room was rebuilt since it gave the place");
    }

    /** Where the customer stands; changes nothing. */
    public PeekReply peek(KnownSale sale, CustomerId customer) {
        return store.redis().peek(sale, customer);
    }

    /** @param number of the ticket; null for a ticket of the lobby */
    public ClaimReply claim(KnownSale sale, CustomerId customer, @Nullable Long number) {
        return store.redis().claim(sale, customer, number);
    }

    /** Tells the room, in a moment, that the claim is a row in PostgreSQL now. */
    public void markRecorded(KnownSale sale, long number, Claim claim) {
        recordedClaims.add(sale, number, claim);
    }

    /** Gives the turn of this number to the next one. */
    public void dropTurn(KnownSale sale, long number) {
        store.redis().change(sale, new RoomChanges().drop(Long.toString(number)));
    }

    /** The seed of the lobby's draw; empty while no replica has built the room. */
    public Optional<byte[]> seed(SaleId sale) {
        return store.rowCache().of(sale).map(RoomRow::seed);
    }

    /** Empty while the room is not sold out. */
    public Optional<RoomState.SoldOut> soldOut(KnownSale sale) {
        return store.redis().soldOut(sale);
    }

    /** Visits every customer with a number or a place in the lobby, perhaps twice. */
    public void forEachCustomer(SaleId sale, Consumer<String> visit) {
        store.redis().forEachCustomer(sale, visit);
    }
}
