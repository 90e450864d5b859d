package com.flashsale.waitlist.room;

import com.flashsale.platform.time.Ids;
import com.flashsale.waitlist.admission.AdmissionSettings;
import com.flashsale.waitlist.room.LobbyPlaces.LobbyPlace;
import com.flashsale.waitlist.sale.CustomerId;
import com.flashsale.waitlist.sale.KnownSale;
import com.flashsale.waitlist.sale.Sale;
import com.flashsale.waitlist.sale.SaleForgotten;
import com.flashsale.waitlist.sale.SaleId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The rooms in Redis, one method for each script. Without the room that PostgreSQL knows of, each fails closed. */
@Component
class RedisRooms {

    private final RoomRedis redis;
    private final RoomMemory memory;
    private final AdmissionSettings settings;
    private final int lobby;
    private final Map<SaleId, KeptTerms> terms = new ConcurrentHashMap<>();

    private record KeptTerms(Sale sale, int allotted, String text) {

        boolean isOf(KnownSale known) {
            return allotted == known.stock().allotted() && sale.equals(known.sale());
        }
    }

    RedisRooms(RoomRedis redis, RoomMemory memory, AdmissionSettings settings, WaitingRoomSettings roomSettings) {
        this.redis = redis;
        this.memory = memory;
        this.settings = settings;
        this.lobby = roomSettings.lobby();
    }

    /**
     * Empty when the numbers have reached their ceiling.
     *
     * @param place in the lobby's draw; by arrival if there is none
     */
    Optional<JoinReply> join(KnownSale sale, CustomerId customer, @Nullable Long place, @Nullable Long shownNumber) {
        return Replies.join(
                run(RoomScript.JOIN, sale, customer.value().toString(), newId(), text(place), text(shownNumber)));
    }

    PeekReply peek(KnownSale sale, CustomerId customer) {
        return Replies.peek(run(RoomScript.PEEK, sale, customer.value().toString()));
    }

    ClaimReply claim(KnownSale sale, CustomerId customer, @Nullable Long number) {
        return Replies.claim(run(RoomScript.CLAIM, sale, customer.value().toString(), newId(), text(number)));
    }

    Optional<SoldOutState> soldOut(KnownSale sale) {
        return Replies.soldOut(run(RoomScript.CROWD, sale));
    }

    void forEachCustomer(SaleId sale, Consumer<String> visit) {
        redis.forEachCustomer(sale, visit);
    }

    /** The customers in the lobby that are next in the draw, see {@code draw.lua}. */
    DrawReply next(KnownSale sale, int limit) {
        return Replies.draw(run(RoomScript.DRAW, sale, "NEXT", Integer.toString(limit)));
    }

    /** Gives the numbers that PostgreSQL has written. */
    void give(KnownSale sale, long epoch, List<LobbyPlace> drawn) {
        var all = new ArrayList<String>();
        all.add("GIVE");
        for (var place : drawn) {
            all.add(place.customer().value().toString());
            all.add(String.valueOf(place.number()));
        }
        runIn(epoch, RoomScript.DRAW, sale, all.toArray(String[]::new));
    }

    /** Empties a lobby whose customers have no chance any more. */
    void cut(KnownSale sale, long epoch) {
        runIn(epoch, RoomScript.DRAW, sale, "CUT");
    }

    /** One part of a new room, see {@code rebuild.lua}; false if a replica has built this room already. */
    boolean build(KnownSale sale, long epoch, List<String> part) {
        return !runIn(epoch, RoomScript.REBUILD, sale, part.toArray(String[]::new))
                .is("KEPT");
    }

    private Reply runIn(long epoch, RoomScript script, KnownSale sale, String... arguments) {
        var reply = redis.run(script, sale.id(), arguments(sale, epoch, arguments));
        if (reply.isGone()) throw WaitingRoomUnavailable.missing("the room is another one now");
        return reply;
    }

    void change(KnownSale sale, RoomChanges changes) {
        if (!changes.isEmpty()) run(RoomScript.CHANGE, sale, changes.toArguments());
    }

    /** Empty when the room is gone and must be rebuilt. */
    Optional<RoomState> tick(KnownSale sale) {
        var row = memory.of(sale.id());
        if (row.isEmpty() || row.get().epoch() == 0) row = memory.lookAgain(sale.id());
        var state = row.flatMap(known -> tick(sale, known));
        if (state.isPresent()) return state;
        return memory.lookAgain(sale.id()).flatMap(fresh -> tick(sale, fresh));
    }

    private Optional<RoomState> tick(KnownSale sale, RoomRow row) {
        var stock = sale.stock();
        var arguments = arguments(
                sale,
                row.epoch(),
                Integer.toString(stock.available()),
                Long.toString(stock.version()),
                Long.toString(row.ceiling()));
        var reply = redis.run(RoomScript.TICK, sale.id(), arguments);
        return reply.isGone() ? Optional.empty() : Optional.of(Replies.state(reply));
    }

    private Reply run(RoomScript script, KnownSale sale, String... arguments) {
        var row = memory.of(sale.id()).orElseThrow(() -> WaitingRoomUnavailable.missing("no room yet"));
        var reply = redis.run(script, sale.id(), arguments(sale, row.epoch(), arguments));
        if (!reply.isGone()) return reply;
        var fresh = memory.lookAgain(sale.id()).orElse(row);
        if (fresh.epoch() != row.epoch())
            reply = redis.run(script, sale.id(), arguments(sale, fresh.epoch(), arguments));
        if (reply.isGone()) throw WaitingRoomUnavailable.missing("the room is being rebuilt");
        return reply;
    }

    private List<String> arguments(KnownSale sale, long epoch, String... own) {
        var all = new ArrayList<String>(own.length + 2);
        all.add(Long.toString(epoch));
        all.add(termsOf(sale));
        all.addAll(List.of(own));
        return all;
    }

    /** They are part of every call and change hardly ever. */
    private String termsOf(KnownSale sale) {
        var kept = terms.get(sale.id());
        if (kept != null && kept.isOf(sale)) return kept.text();
        var fresh = new KeptTerms(sale.sale(), sale.stock().allotted(), Terms.of(sale, settings.grace(), lobby));
        terms.put(sale.id(), fresh);
        return fresh.text();
    }

    @EventListener
    void forget(SaleForgotten forgotten) {
        terms.remove(forgotten.sale());
    }

    private static String newId() {
        return Ids.next().toString();
    }

    private static String text(@Nullable Long number) {
        return number == null ? "" : number.toString();
    }
}
