package com.flashsale.waitlist.waitingroom;

import com.flashsale.waitlist.sale.CustomerId;
import com.flashsale.waitlist.sale.KnownSale;
import com.flashsale.waitlist.sql.SessionLocks;
import com.flashsale.waitlist.waitingroom.LobbyPlaces.LobbyPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives the customers in a lobby their numbers, in the order of their places. PostgreSQL writes a number before Redis
 * knows it, so a loss of Redis at any moment changes no place. One replica draws, and none rebuilds the room meanwhile.
 */
@Service
class DrawLobby {

    private static final int BATCH = 1_000;

    /** In one beat of the rooms' clock: other rooms have their turn in between. */
    private static final int MOST_BATCHES = 20;

    private final WaitingRoom room;
    private final Rooms rooms;
    private final LobbyPlaces places;
    private final SessionLocks locks;
    private final TransactionTemplate transaction;
    private final WaitingRoomSettings settings;

    DrawLobby(
            WaitingRoom room,
            Rooms rooms,
            LobbyPlaces places,
            SessionLocks locks,
            TransactionTemplate transaction,
            WaitingRoomSettings settings) {
        this.room = room;
        this.rooms = rooms;
        this.places = places;
        this.locks = locks;
        this.transaction = transaction;
        this.settings = settings;
    }

    void draw(KnownSale sale) {
        locks.runExclusively(sale.id().value(), () -> {
            for (int batch = 0; batch < MOST_BATCHES; batch++) {
                if (!drawBatch(sale)) return;
            }
        });
    }

    /** False when nothing is left to draw. */
    private boolean drawBatch(KnownSale sale) {
        var next = room.next(sale, BATCH);
        return switch (next.word()) {
            case "NEXT" -> {
                var drawn = transaction.execute(_ -> write(sale, next));
                if (drawn == null) throw new IllegalStateException("no result of a committed transaction");
                room.give(sale, next.epoch(), drawn);
                yield true;
            }
            case "CUT" -> {
                rooms.cutLobby(sale.id());
                room.cut(sale, next.epoch());
                yield false;
            }
            case "EMPTY" -> false;
            case String unknown -> throw new IllegalStateException("draw.lua says " + unknown);
        };
    }

    /** A replica that died after this has written the numbers of the first ones: they stay. */
    private List<LobbyPlace> write(KnownSale sale, Reply next) {
        var members = next.texts(2);
        var first = rooms.lastNumber(sale.id(), next.epoch(), next.number(1)) + 1;
        var lobby = new ArrayList<LobbyPlace>();
        for (int i = 0; i < members.size(); i += 2) {
            var customer = new CustomerId(UUID.fromString(members.get(i)));
            var place = (long) Double.parseDouble(members.get(i + 1));
            lobby.add(
                    new LobbyPlace(sale.id(), customer, place, null, sale.sale().loadTest()));
        }
        var known = places.numbers(
                sale.id(), lobby.stream().map(LobbyPlace::customer).toList());
        var drawn = new ArrayList<LobbyPlace>();
        var number = first;
        for (var place : lobby) {
            var given = known.get(place.customer());
            drawn.add(place.numbered(given == null ? number++ : given));
        }
        places.write(drawn);
        rooms.raiseIssued(sale.id(), number - 1, settings.numberRange());
        return drawn;
    }
}
