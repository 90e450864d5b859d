package com.flashsale.inventory.simulation;

import static com.flashsale.platform.test.simulation.SimulationRun.mustBeEqual;
import static com.flashsale.platform.test.simulation.SimulationRun.mustHold;

import com.flashsale.inventory.reservation.ReservationTestAccess;
import com.flashsale.platform.test.simulation.Messages;
import com.flashsale.platform.test.simulation.Partition;
import com.flashsale.platform.test.simulation.Recording.Mark;
import com.flashsale.platform.test.simulation.SeededRandom;
import com.flashsale.platform.test.simulation.SimulatedTime;
import com.flashsale.platform.test.simulation.SimulationRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One sale, from its allotment to its end: customers order, pay and cancel, messages come late, twice, and from the
 * start, consumers and expiry jobs die or meet inside each other's transactions, and the clock steps both ways. After
 * each step every promise is checked.
 */
final class ReservationRun {

    private static final Duration HOLD = Duration.ofMinutes(2);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final int STATEMENTS = 11;

    /** Bugs of the surroundings, for the tests of the simulation itself. */
    enum Planted {
        NOTHING,
        /** An inbox that remembers nothing. */
        INBOX_FORGETS,
        /** The offset is committed before the effect: a crash loses messages. */
        OFFSET_FIRST
    }

    private final ReservationWorld world;
    private final SimulationRun play;
    private final SeededRandom chance;
    private final Planted planted;
    private final UUID sale;
    private final int units;
    private final int limit;
    private final List<UUID> customers;
    private final Partition<ConsumerRecord<String, byte[]>> partition = new Partition<>();
    private final Map<ConsumerRecord<String, byte[]>, String> names = new IdentityHashMap<>();
    private final Map<UUID, OrderModel> orders = new HashMap<>();
    private final List<OrderModel> inOrder = new ArrayList<>();
    private long seen;
    private long version;

    ReservationRun(ReservationWorld world, SimulationRun play, Planted planted) {
        this.world = world;
        this.play = play;
        this.chance = play.chance();
        this.planted = planted;
        this.sale = chance.uuid();
        this.units = chance.from(1, 6);
        this.limit = chance.from(1, 3);
        this.customers = IntStream.range(0, chance.from(2, 7))
                .mapToObj(_ -> chance.uuid())
                .toList();
    }

    void play() {
        world.service().reset();
        play.step("a sale of " + units + " units, " + limit + " each");
        // the door and the waiting room go by clocks of their own, which say that the sale has begun
        var error = chance.oneIn(2) ? Duration.ZERO : Duration.ofSeconds(chance.from(-300, 300));
        play.step("inventory's engine is wrong by " + error);
        world.service().time().move(error);
        allot(chance.uuid());
        look();
        var steps = chance.from(12, 30);
        for (int step = 0; step < steps; step++) {
            act();
            look();
        }
        end();
    }

    private void act() {
        switch (chance.weighted(7, 6, 9, 3, 3, 1, 1, 1)) {
            case 0 -> place();
            case 1 -> settle();
            case 2 -> deliver();
            case 3 -> expire();
            case 4 -> stepClock();
            case 5 -> repeat();
            case 6 -> rewind();
            default -> allot(chance.uuid());
        }
    }

    private void place() {
        for (int i = chance.from(1, 3); i > 0; i--) {
            var order = new OrderModel("o" + inOrder.size(), chance.uuid(), chance.oneOf(customers), chance.from(1, 2));
            orders.put(order.id, order);
            inOrder.add(order);
            play.step(order.name + " places " + order.units + " for c" + customers.indexOf(order.customer));
            say(order, "placed", "placedAt", SimulatedTime.BEGIN.toString());
        }
    }

    /** order-service ends an order once: paid or cancelled, mostly but not always after it was told that it is held. */
    private void settle() {
        var open = inOrder.stream().filter(order -> !order.isSettled()).toList();
        if (open.isEmpty()) return;
        var order = chance.oneOf(open);
        if (order.last().equals("nothing") && !chance.oneIn(4)) return;
        if (chance.below(5) < 3) {
            order.paid = true;
            play.step(order.name + " pays");
            say(order, "paid", "paymentId", order.id);
        } else {
            order.cancelled = true;
            play.step(order.name + " cancels");
            say(order, "cancelled", "reason", "BY_CUSTOMER");
        }
    }

    private void say(OrderModel order, String fact, String field, Object value) {
        var data = Map.of(
                "orderId",
                order.id,
                "saleId",
                sale,
                "customerId",
                order.customer,
                "quantity",
                order.units,
                field,
                value);
        var type = "com.flashsale.order.order." + fact + ".v1";
        var message = Messages.message("order.order", sale.toString(), type, chance.uuid(), data);
        names.put(message, order.name + " " + fact);
        partition.append(message);
    }

    private void deliver() {
        var batch = partition.poll(chance.from(1, 6));
        if (batch.isEmpty()) return;
        var what = "deliver " + batch.size() + " from " + partition.committed();
        var zombie = partition.poll(chance.from(1, 6));
        Runnable visit = chance.oneIn(2) ? () -> ReservationTestAccess.expire(world.service()) : () -> handle(zombie);
        var done = attempt(what, () -> handle(batch), visit);
        if (done || planted == Planted.OFFSET_FIRST) partition.commit(batch.size());
        if (planted == Planted.INBOX_FORGETS)
            world.service().jdbc().sql("delete from inbox").update();
    }

    private void handle(List<ConsumerRecord<String, byte[]>> batch) {
        world.service().deliver("orders", batch);
    }

    private void expire() {
        var batch = partition.poll(chance.from(1, 6));
        var done = attempt("expire", () -> ReservationTestAccess.expire(world.service()), () -> handle(batch));
        if (done)
            play.holds("I11", () -> mustBeEqual(world.overdue(), 0L, "held past their time after the expiry job"));
    }

    private boolean attempt(String what, Runnable action, Runnable visit) {
        return play.attempt(world.service().faults(), what, STATEMENTS, action, visit);
    }

    private void stepClock() {
        var step = chance.oneIn(3) ? Duration.ofSeconds(-chance.from(1, 150)) : Duration.ofSeconds(chance.from(1, 150));
        play.step("the clock steps " + step);
        play.mark(Mark.CLOCK);
        world.service().time().move(step);
    }

    private void repeat() {
        var count = chance.from(1, 5);
        play.step("order-service's relay sends its last " + count + " again");
        play.mark(Mark.LOST);
        partition.repeatLast(count);
    }

    private void rewind() {
        var offset = chance.oneIn(3) ? 0 : chance.from(0, partition.committed());
        play.step("the offset is lost: from " + offset);
        play.mark(Mark.LOST);
        partition.rewindTo(offset);
    }

    private void allot(UUID message) {
        play.step("catalog-service tells of the sale");
        var facts = Map.of(
                "saleId",
                sale,
                "version",
                1,
                "allotted",
                units,
                "purchaseLimit",
                limit,
                "opensAt",
                SimulatedTime.BEGIN.toString(),
                "closesAt",
                SimulatedTime.BEGIN.plus(Duration.ofHours(1)).toString(),
                "holdDuration",
                HOLD.toString());
        var type = "com.flashsale.catalog.sale.scheduled.v1";
        world.service()
                .deliver("sales", List.of(Messages.message("catalog.sale", sale.toString(), type, message, facts)));
    }

    /** Checks the rows, and the events since the last look. */
    private void look() {
        var broken = world.brokenPromises(limit);
        play.allHold(
                ReservationWorld.BOOKS,
                invariant -> mustBeEqual(broken.getOrDefault(invariant, List.of()), List.of(), "promises about rows"));
        for (var told : world.toldAfter(seen)) {
            seen = told.seq();
            if (told.topic().equals("inventory.stock")) lookAtStock(told);
            else lookAtOrder(told);
        }
        play.show(this::figures);
    }

    /** The stock row and the messages that no consumer has committed yet. */
    private Map<String, ?> figures() {
        var figures = new LinkedHashMap<String, Object>(world.stock());
        figures.put(
                "line",
                inOrder.stream().filter(order -> order.last().equals("nothing")).count());
        figures.put(
                "messages",
                partition.poll(partition.waiting()).stream().map(this::words).toList());
        figures.put(
                "clock",
                Duration.between(SimulatedTime.BEGIN, world.service().time().instant())
                        .toSeconds());
        return figures;
    }

    /** A message in two words, such as "o3 paid". */
    private String words(ConsumerRecord<String, byte[]> message) {
        return names.getOrDefault(message, "a message");
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
        if (told.fact().equals("refused")) mustBeARealShortage(order, told);
        if (told.fact().equals("held")) order.heldUntil(now.plus(HOLD));
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

    /**
     * Delivers everything and lets the time run out. Then each order has its answer, no unit is held, and a replay from
     * the start changes nothing.
     */
    private void end() {
        play.step("everything arrives");
        drain();
        world.service().time().set(SimulatedTime.BEGIN.plus(Duration.ofDays(1)));
        while (ReservationTestAccess.expire(world.service()) > 0) look();
        play.holds("I7", () -> inOrder.forEach(OrderModel::mustBeAnswered));
        var told = seen;
        partition.rewindTo(0);
        drain();
        play.holds("I7", () -> mustBeEqual(seen, told, "what was told after a replay of everything"));
    }

    private void drain() {
        while (partition.waiting() > 0) {
            var batch = partition.poll(chance.from(1, 8));
            handle(batch);
            partition.commit(batch.size());
            look();
            if (planted == Planted.INBOX_FORGETS)
                world.service().jdbc().sql("delete from inbox").update();
        }
    }
}
