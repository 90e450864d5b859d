package com.flashsale.waitlist.room;

import com.flashsale.platform.groupcommit.GroupCommit;
import com.flashsale.platform.time.Ids;
import com.flashsale.waitlist.sale.CustomerId;
import com.flashsale.waitlist.sale.KnownSale;
import com.flashsale.waitlist.sale.SaleId;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Lets the joins of many callers share a call of Redis, which runs one script at a time. The call costs Redis more than
 * 100 us, and each join in it 10 to 40 us more ({@code docs/performance.md}).
 */
@Component
class SharedJoins implements DisposableBean {

    private static final Comparator<KnownSale> BY_AGE = Comparator.<KnownSale>comparingLong(
                    known -> known.sale().version())
            .thenComparingLong(known -> known.stock().version());

    private record Wanted(KnownSale sale, ScriptArguments.Join join) {}

    private sealed interface Outcome {

        /** @param reply empty when the numbers have reached their ceiling */
        record Replied(Optional<JoinReply> reply) implements Outcome {}

        record Unavailable(WaitingRoomUnavailable reason) implements Outcome {}
    }

    private final RedisRooms rooms;
    private final GroupCommit<Wanted, Outcome> calls;

    SharedJoins(RedisRooms rooms, WaitingRoomSettings settings, MeterRegistry meters) {
        this.rooms = rooms;
        var joins = settings.joins();
        this.calls = new GroupCommit<>(
                "join",
                new GroupCommit.Settings(joins.batch(), joins.queue(), joins.maxWait(), joins.pace()),
                meters,
                this::joinAll);
    }

    /**
     * Empty when the numbers have reached their ceiling.
     *
     * @param place in the lobby's draw; by arrival if there is none
     */
    Optional<JoinReply> join(KnownSale sale, CustomerId customer, @Nullable Long place, @Nullable Long shownNumber) {
        var join = new ScriptArguments.Join(customer.value(), Ids.next(), place, shownNumber);
        return switch (calls.submit(new Wanted(sale, join))) {
            case Outcome.Replied(var reply) -> reply;
            case Outcome.Unavailable(var reason) -> throw reason;
        };
    }

    private List<Outcome> joinAll(List<Wanted> wanted) {
        var ofSales = new LinkedHashMap<SaleId, List<Wanted>>();
        for (var each : wanted)
            ofSales.computeIfAbsent(each.sale().id(), _ -> new ArrayList<>()).add(each);
        var outcomes = new HashMap<ScriptArguments.Join, Outcome>();
        for (var ofSale : ofSales.values()) outcomes.putAll(joinOne(ofSale));
        return wanted.stream().map(each -> outcomes.get(each.join())).toList();
    }

    /** Trouble with one room is an outcome, so that the joins of other rooms go on. */
    private Map<ScriptArguments.Join, Outcome> joinOne(List<Wanted> ofSale) {
        var joins = ofSale.stream().map(Wanted::join).toList();
        var outcomes = new HashMap<ScriptArguments.Join, Outcome>();
        try {
            var replies = rooms.join(newest(ofSale), joins);
            for (int i = 0; i < joins.size(); i++) outcomes.put(joins.get(i), outcome(replies.get(i)));
        } catch (WaitingRoomUnavailable reason) {
            joins.forEach(join -> outcomes.put(join, new Outcome.Unavailable(reason)));
        }
        return outcomes;
    }

    private static Outcome outcome(Reply reply) {
        return reply.is("FAILED")
                ? new Outcome.Unavailable(WaitingRoomUnavailable.away("join.lua: " + reply.text("reason"), null))
                : new Outcome.Replied(Replies.join(reply));
    }

    /** Of what the callers know. */
    private static KnownSale newest(List<Wanted> ofSale) {
        return ofSale.stream().map(Wanted::sale).max(BY_AGE).orElseThrow();
    }

    @Override
    public void destroy() {
        calls.close();
    }
}
