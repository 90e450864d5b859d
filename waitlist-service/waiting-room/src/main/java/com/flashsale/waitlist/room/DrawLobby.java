package com.flashsale.waitlist.room;

import com.flashsale.platform.sql.SessionLocks;
import com.flashsale.waitlist.room.LobbyPlaces.LobbyPlace;
import com.flashsale.waitlist.room.ScriptArguments.Draw;
import com.flashsale.waitlist.sale.KnownSale;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives the customers in a lobby their numbers, in the order of their places. PostgreSQL writes a number before Redis
 * knows it, so a loss of Redis at any moment changes no place. One replica draws, and none rebuilds the room meanwhile.
 */
@Service
class DrawLobby {

    private static final int BATCH = 1_000;

    /** In one tick of a room: other rooms have their turn in between. */
    private static final int MOST_BATCHES = 20;

    private final RoomStore store;
    private final LobbyPlaces places;
    private final SessionLocks locks;
    private final TransactionTemplate transaction;
    private final WaitingRoomSettings settings;

    DrawLobby(
            RoomStore store,
            LobbyPlaces places,
            SessionLocks locks,
            TransactionTemplate transaction,
            WaitingRoomSettings settings) {
        this.store = store;
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
        return switch (store.redis().next(sale, BATCH)) {
            case DrawReply.Next next -> {
                var drawn = transaction.execute(_ -> write(sale, next));
                if (drawn == null) throw new IllegalStateException("no result of a committed transaction");
                store.redis().give(sale, next.epoch(), drawn);
                yield true;
            }
            case DrawReply.Cut(var epoch) -> {
                store.rooms().cutLobby(sale.id());
                store.redis().cut(sale, epoch);
                yield false;
            }
            case DrawReply.Empty() -> false;
        };
    }

    /** A replica that died after this has written the numbers of the first ones: they stay. */
    private List<Draw.Numbered> write(KnownSale sale, DrawReply.Next next) {
        var number = store.rooms().lastNumber(sale.id(), next.epoch(), next.issued()) + 1;
        var known = places.numbers(
                sale.id(),
                next.candidates().stream().map(DrawReply.Candidate::customer).toList());
        var drawn = new ArrayList<LobbyPlace>();
        var numbers = new ArrayList<Draw.Numbered>();
        for (var candidate : next.candidates()) {
            var customer = candidate.customer();
            var given = known.get(customer);
            long its = given == null ? number++ : given;
            drawn.add(new LobbyPlace(sale.id(), customer, candidate.place(), its));
            numbers.add(new Draw.Numbered(customer.value(), its));
        }
        places.write(drawn);
        store.rooms().raiseIssued(sale.id(), number - 1, settings.numberRange());
        return numbers;
    }
}
