package com.flashsale.inventory.simulation;

import static com.flashsale.platform.test.simulation.SimulationRun.mustBeEqual;

import com.flashsale.inventory.reservation.ReservationTestAccess;
import com.flashsale.platform.test.simulation.Messages;
import com.flashsale.platform.test.simulation.Partition;
import com.flashsale.platform.test.simulation.Recording;
import com.flashsale.platform.test.simulation.Recording.Mark;
import com.flashsale.platform.test.simulation.SeededRandom;
import com.flashsale.platform.test.simulation.SimulatedTime;
import com.flashsale.platform.test.simulation.SimulationRun;
import java.time.Duration;
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

    static final Duration HOLD = Duration.ofMinutes(2);
    private static final int STATEMENTS = 11;

    private static final String CATALOG = "catalog-service";
    static final String ORDERS = "order-service";
    private static final String CONSUMER = "inventory consumer";
    private static final String OTHER_CONSUMER = "second consumer";
    private static final String EXPIRY = "inventory expiry";
    private static final String CLOCK = "engine's clock";

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
    private final Recording onlooker;
    private final SeededRandom chance;
    private final Planted planted;
    private final UUID sale;
    private final int units;
    private final int limit;
    private final List<UUID> customers;
    private final Partition<ConsumerRecord<String, byte[]>> partition;
    private final Map<UUID, OrderModel> orders = new LinkedHashMap<>();
    private final ReservationChecks checks;

    ReservationRun(ReservationWorld world, SimulationRun play, Planted planted) {
        this.world = world;
        this.play = play;
        this.onlooker = play.onlooker();
        this.chance = play.chance();
        this.planted = planted;
        this.sale = chance.uuid();
        this.units = chance.from(1, 6);
        this.limit = chance.from(1, 3);
        this.customers = IntStream.range(0, chance.from(2, 7))
                .mapToObj(_ -> chance.uuid())
                .toList();
        this.partition = new Partition<>(onlooker);
        this.checks = new ReservationChecks(world, play, orders, partition, units, limit);
    }

    void play() {
        world.service().reset();
        onlooker.lanes(List.of(CATALOG, ORDERS, CONSUMER, OTHER_CONSUMER, EXPIRY, CLOCK));
        onlooker.by(CATALOG);
        play.step("a sale of " + units + " units, " + limit + " each");
        // the door and the waiting room go by clocks of their own, which say that the sale has begun
        var error = chance.oneIn(2) ? Duration.ZERO : Duration.ofSeconds(chance.from(-300, 300));
        onlooker.by(CLOCK);
        play.step("inventory's engine is wrong by " + error);
        world.service().time().move(error);
        allot(chance.uuid());
        checks.look();
        var steps = chance.from(12, 30);
        for (int step = 0; step < steps; step++) {
            act();
            checks.look();
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
            var order = new OrderModel("o" + orders.size(), chance.uuid(), chance.oneOf(customers), chance.from(1, 2));
            orders.put(order.id, order);
            onlooker.by(ORDERS);
            say(order, "placed", "placedAt", SimulatedTime.BEGIN.toString());
            play.step(order.name + " places " + order.units + " for c" + customers.indexOf(order.customer));
        }
    }

    /** order-service ends an order once: paid or cancelled, mostly but not always after it was told that it is held. */
    private void settle() {
        var open = orders.values().stream().filter(order -> !order.isSettled()).toList();
        if (open.isEmpty()) return;
        var order = chance.oneOf(open);
        if (order.last().equals("nothing") && !chance.oneIn(4)) return;
        onlooker.by(ORDERS);
        if (chance.below(5) < 3) {
            order.paid = true;
            say(order, "paid", "paymentId", order.id);
            play.step(order.name + " pays");
        } else {
            order.cancelled = true;
            say(order, "cancelled", "reason", "BY_CUSTOMER");
            play.step(order.name + " cancels");
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
        partition.append(message, order.name + " " + fact);
    }

    private void deliver() {
        var batch = partition.poll(chance.from(1, 6));
        if (batch.isEmpty()) return;
        var what = "deliver " + batch.size() + " from " + partition.committed();
        var zombie = partition.poll(chance.from(1, 6));
        Runnable visit = chance.oneIn(2)
                ? () -> visit(EXPIRY, () -> ReservationTestAccess.expire(world.service()))
                : () -> visit(OTHER_CONSUMER, () -> handle(zombie));
        onlooker.by(CONSUMER);
        var done = attempt(what, () -> handle(batch), visit);
        if (done || planted == Planted.OFFSET_FIRST) partition.commit(batch.size());
        else partition.drop(batch.size());
        if (planted == Planted.INBOX_FORGETS)
            world.service().jdbc().sql("delete from inbox").update();
    }

    private void visit(String process, Runnable action) {
        onlooker.with(process);
        action.run();
    }

    private void handle(List<ConsumerRecord<String, byte[]>> batch) {
        world.service().deliver("orders", batch);
    }

    private void expire() {
        var batch = partition.poll(chance.from(1, 6));
        onlooker.by(EXPIRY);
        var done = attempt(
                "expire",
                () -> ReservationTestAccess.expire(world.service()),
                () -> visit(CONSUMER, () -> handle(batch)));
        if (done)
            play.holds("I11", () -> mustBeEqual(world.overdue(), 0L, "held past their time after the expiry job"));
    }

    private boolean attempt(String what, Runnable action, Runnable visit) {
        return play.attempt(world.service().faults(), what, STATEMENTS, action, visit);
    }

    private void stepClock() {
        var step = chance.oneIn(3) ? Duration.ofSeconds(-chance.from(1, 150)) : Duration.ofSeconds(chance.from(1, 150));
        onlooker.by(CLOCK);
        play.step("the clock steps " + step);
        onlooker.mark(Mark.CLOCK);
        world.service().time().move(step);
    }

    private void repeat() {
        var count = chance.from(1, 5);
        onlooker.by(ORDERS);
        partition.repeatLast(count);
        play.step("order-service's relay sends its last " + count + " again");
        onlooker.mark(Mark.LOST);
    }

    private void rewind() {
        var offset = chance.oneIn(3) ? 0 : chance.from(0, partition.committed());
        onlooker.by(CONSUMER);
        partition.rewindTo(offset);
        play.step("the offset is lost: from " + offset);
        onlooker.mark(Mark.LOST);
    }

    private void allot(UUID message) {
        onlooker.by(CATALOG);
        play.step("catalog-service tells of the sale");
        onlooker.tells(CONSUMER, "the sale");
        onlooker.by(CONSUMER);
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

    /**
     * Delivers everything and lets the time run out. Then each order has its answer, no unit is held, and a replay from
     * the start changes nothing.
     */
    private void end() {
        onlooker.by(CONSUMER);
        play.step("everything arrives");
        drain();
        onlooker.by(EXPIRY);
        play.step("a day passes");
        world.service().time().set(SimulatedTime.BEGIN.plus(Duration.ofDays(1)));
        while (ReservationTestAccess.expire(world.service()) > 0) checks.look();
        checks.everyOrderIsAnswered();
        onlooker.by(CONSUMER);
        partition.rewindTo(0);
        play.step("everything comes again, from the start");
        checks.nothingIsToldBy(this::drain);
    }

    private void drain() {
        while (partition.waiting() > 0) {
            var batch = partition.poll(chance.from(1, 8));
            play.step("deliver " + batch.size() + " from " + partition.committed());
            handle(batch);
            partition.commit(batch.size());
            checks.look();
            if (planted == Planted.INBOX_FORGETS)
                world.service().jdbc().sql("delete from inbox").update();
        }
    }
}
