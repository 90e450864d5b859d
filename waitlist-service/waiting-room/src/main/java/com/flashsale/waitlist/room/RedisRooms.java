package com.flashsale.waitlist.room;

import com.flashsale.platform.switches.Switch;
import com.flashsale.platform.switches.Switches;
import com.flashsale.platform.time.Ids;
import com.flashsale.waitlist.admission.AdmissionSettings;
import com.flashsale.waitlist.room.ScriptArguments.Draw;
import com.flashsale.waitlist.sale.CustomerId;
import com.flashsale.waitlist.sale.KnownSale;
import com.flashsale.waitlist.sale.Sale;
import com.flashsale.waitlist.sale.SaleId;
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

    private final RoomScriptRunner redis;
    private final RoomRowCache rowCache;
    private final AdmissionSettings settings;
    private final int lobby;
    private final Switch admission;
    private final Map<SaleId, KeptTerms> terms = new ConcurrentHashMap<>();

    private record KeptTerms(Sale sale, int allotted, boolean admits, String text) {

        boolean isOf(KnownSale known, boolean admitsNow) {
            return admits == admitsNow && allotted == known.stock().allotted() && sale.equals(known.sale());
        }
    }

    RedisRooms(
            RoomScriptRunner redis,
            RoomRowCache rowCache,
            AdmissionSettings settings,
            WaitingRoomSettings roomSettings,
            Switches switches) {
        this.redis = redis;
        this.rowCache = rowCache;
        this.settings = settings;
        this.lobby = roomSettings.lobby();
        this.admission = switches.named("admission");
    }

    /** One reply for each, in the same order. */
    List<Reply> join(KnownSale sale, List<ScriptArguments.Join> joins) {
        return run(sale, new ScriptArguments.Joins(joins)).each("joins");
    }

    PeekReply peek(KnownSale sale, CustomerId customer) {
        return Replies.peek(run(sale, new ScriptArguments.Peek(customer.value())));
    }

    ClaimReply claim(KnownSale sale, CustomerId customer, @Nullable Long number) {
        return Replies.claim(run(sale, new ScriptArguments.ClaimTurn(customer.value(), Ids.next(), number)));
    }

    Optional<RoomState.SoldOut> soldOut(KnownSale sale) {
        return Replies.soldOut(run(sale, new ScriptArguments.Holders()));
    }

    void forEachCustomer(SaleId sale, Consumer<String> visit) {
        redis.forEachCustomer(sale, visit);
    }

    /** The customers in the lobby that are next in the draw, see {@code draw.lua}. */
    DrawReply next(KnownSale sale, int limit) {
        return Replies.draw(run(sale, new Draw.Next(limit)));
    }

    /** Gives the numbers that PostgreSQL has written. */
    void give(KnownSale sale, long epoch, List<Draw.Numbered> drawn) {
        runIn(epoch, sale, new Draw.Give(drawn));
    }

    /** Empties a lobby whose customers have no chance any more. */
    void cut(KnownSale sale, long epoch) {
        runIn(epoch, sale, new Draw.Cut());
    }

    /** Builds one part of a new room; false if a replica has built this room already. */
    boolean build(KnownSale sale, long epoch, ScriptArguments.Rebuild part) {
        return !runIn(epoch, sale, part).is("KEPT");
    }

    private Reply runIn(long epoch, KnownSale sale, ScriptArguments arguments) {
        var reply = redis.run(sale.id(), epoch, termsOf(sale), arguments);
        if (reply.isGone()) throw WaitingRoomUnavailable.missing("the room is another one now");
        return reply;
    }

    void change(KnownSale sale, RoomChanges changes) {
        if (!changes.isEmpty()) run(sale, changes.toArguments());
    }

    /** Empty when the room is gone and must be rebuilt. */
    Optional<RoomState> tick(KnownSale sale) {
        var row = rowCache.of(sale.id());
        if (row.isEmpty() || row.get().epoch() == 0) row = rowCache.lookAgain(sale.id());
        var state = row.flatMap(known -> tick(sale, known));
        if (state.isPresent()) return state;
        return rowCache.lookAgain(sale.id()).flatMap(fresh -> tick(sale, fresh));
    }

    private Optional<RoomState> tick(KnownSale sale, RoomRow row) {
        var stock = sale.stock();
        var arguments = new ScriptArguments.Tick(stock.available(), stock.version(), row.ceiling());
        var reply = redis.run(sale.id(), row.epoch(), termsOf(sale), arguments);
        return reply.isGone() ? Optional.empty() : Optional.of(Replies.state(reply));
    }

    private Reply run(KnownSale sale, ScriptArguments arguments) {
        var row = rowCache.of(sale.id()).orElseThrow(() -> WaitingRoomUnavailable.missing("no room yet"));
        var reply = redis.run(sale.id(), row.epoch(), termsOf(sale), arguments);
        if (!reply.isGone()) return reply;
        var fresh = rowCache.lookAgain(sale.id()).orElse(row);
        if (fresh.epoch() != row.epoch()) reply = redis.run(sale.id(), fresh.epoch(), termsOf(sale), arguments);
        if (reply.isGone()) throw WaitingRoomUnavailable.missing("the room is being rebuilt");
        return reply;
    }

    /** They are part of every call and change hardly ever. */
    private String termsOf(KnownSale sale) {
        var admits = admission.isOn();
        var kept = terms.get(sale.id());
        if (kept != null && kept.isOf(sale, admits)) return kept.text();
        var text = Terms.of(sale, settings.grace(), lobby, admits);
        var fresh = new KeptTerms(sale.sale(), sale.stock().allotted(), admits, text);
        terms.put(sale.id(), fresh);
        return fresh.text();
    }

    @EventListener
    void evict(Sale.Evicted evicted) {
        terms.remove(evicted.sale());
    }
}
