package com.flashsale.inventory.simulation;

import static com.flashsale.platform.test.simulation.SimulationRun.mustBeEqual;
import static com.flashsale.platform.test.simulation.SimulationRun.mustHold;

import com.flashsale.platform.test.simulation.Partition;
import com.flashsale.platform.test.simulation.SimulatedTime;
import com.flashsale.platform.test.simulation.SimulationRun;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The promises of a run, checked after each step, with the figures of the moment for onlookers. */
final class ReservationChecks {

    private static final Duration GRACE = Duration.ofSeconds(5);

    private final ReservationWorld world;
    private final SimulationRun play;
    private final Map<UUID, OrderModel> orders;
    private final Partition<?> partition;
    private final int units;
    private final int limit;
    private long seen;
    private long version;

    ReservationChecks(
            ReservationWorld world,
            SimulationRun play,
            Map<UUID, OrderModel> orders,
            Partition<?> partition,
            int units,
            int limit) {
        this.world = world;
        this.play = play;
        this.orders = orders;
        this.partition = partition;
        this.units = units;
        this.limit = limit;
    }

    /** Checks the rows, and the events since the last look. */
    void look() {
        play.onlooker().show(this::figures);
        var broken = world.brokenPromises(limit);
        play.allHold(
                ReservationWorld.BOOKS,
                invariant -> mustBeEqual(broken.getOrDefault(invariant, List.of()), List.of(), "promises about rows"));
        for (var told : world.toldAfter(seen)) {
            seen = told.seq();
            if (told.topic().equals("inventory.stock")) lookAtStock(told);
            else lookAtOrder(told);
        }
        play.onlooker().show(this::figures);
    }

    /** The stock row, the orders without an answer, and the messages that no consumer has committed yet. */
    private Map<String, ?> figures() {
        var figures = new LinkedHashMap<String, Object>(world.stock());
        var unanswered = orders.values().stream().filter(order -> order.last().equals("nothing"));
        figures.put("line", unanswered.count());
        figures.put("messages", partition.inFlight());
        var clock = world.service().time().instant();
        figures.put("clock", Duration.between(SimulatedTime.BEGIN, clock).toSeconds());
        return figures;
    }

    private void lookAtStock(ReservationWorld.Told told) {
        var data = told.data();
        play.step("  stock " + data.get("available") + "/" + data.get("reserved") + "/" + data.get("sold"));
        play.holds("I8", () -> mustBeEqual(data.get("version").asLong(), version + 1, "the version of the stock"));
        version++;
        var sum = data.get("available").asInt()
                + data.get("reserved").asInt()
                + data.get("sold").asInt();
        play.holds("I2", () -> mustBeEqual(sum, units, "units of the sale"));
    }

    private void lookAtOrder(ReservationWorld.Told told) {
        var order = orders.get(told.key());
        mustHold(order != null, "an answer to an order that was never placed: %s", told);
        var now = world.service().time().instant();
        if (told.fact().equals("expired")) play.holds("I11", () -> order.mustBeDue(now, GRACE));
        play.holds("I7", () -> order.tell(told.fact()));
        play.step("  " + order.name + " is " + told.fact());
        play.onlooker().tells(ReservationRun.ORDERS, order.name + " " + told.fact());
        if (told.fact().equals("refused")) mustBeARealShortage(order, told);
        if (told.fact().equals("held")) order.heldUntil(now.plus(ReservationRun.HOLD));
        var at = told.data().get("stock").get("version").asLong();
        play.holds(
                "I8",
                () -> mustHold(
                        at == version || at == version + 1, "a decision at stock %d while it was %d", at, version));
    }

    /** While no unit has ever moved, only an order that is larger than the sale or its limit is refused. */
    private void mustBeARealShortage(OrderModel order, ReservationWorld.Told told) {
        var untouched = told.data().get("stock").get("version").asLong() == 1;
        mustHold(
                !untouched || order.units > units || order.units > limit,
                "%s is refused as %s, and all units are there",
                order.name,
                told.data().get("reason"));
    }

    void everyOrderIsAnswered() {
        play.holds("I7", () -> orders.values().forEach(OrderModel::mustBeAnswered));
    }

    void nothingIsToldBy(Runnable replay) {
        var told = seen;
        replay.run();
        play.holds("I7", () -> mustBeEqual(seen, told, "the events told after a replay of everything"));
    }
}
