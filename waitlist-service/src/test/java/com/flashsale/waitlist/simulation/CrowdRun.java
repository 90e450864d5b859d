package com.flashsale.waitlist.simulation;

import static com.flashsale.platform.test.simulation.SimulationRun.mustBeEqual;
import static com.flashsale.platform.test.simulation.SimulationRun.mustHold;

import com.flashsale.platform.test.simulation.Recording.Mark;
import com.flashsale.platform.test.simulation.SimulationRun;
import com.flashsale.waitlist.room.RoomTestAccess;
import com.flashsale.waitlist.ticket.TicketTestAccess;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One sale and its crowd. Customers join, claim their turns or miss them, order, pay, cancel, wait for units that come
 * back, and leave. News come late, twice and in any order between partitions. Redis vanishes, replicas die on the way
 * or begin anew, and the clock steps both ways.
 */
final class CrowdRun {

    /** The focus of a run: both parts are always there, and one of them has more to do. */
    enum Stage {
        /** Many units, most of the action in the waiting room. */
        ADMISSION,
        /** Few units, soon sold out: most of the action on the waitlist. */
        WAITLIST
    }

    private static final int MOST_ROUNDS = 60;

    /** A turn, an admission and an answer may run out unseen, one after the other. */
    private static final int QUIET_ROUNDS = 4;

    static final Duration OFFER = Duration.ofMinutes(5);

    private static final Duration ROUND = Duration.ofSeconds(45);

    private final CrowdState state;
    private final CustomerActions customers;
    private final PlatformActions platform;

    CrowdRun(WaitlistWorld world, SimulationRun play, Stage stage) {
        this.state = new CrowdState(world, play, stage);
        this.customers = new CustomerActions(state);
        this.platform = new PlatformActions(state);
    }

    void play() {
        state.world.reset();
        state.play.onlooker().lanes(Lanes.ALL);
        state.play.onlooker().by(Lanes.CATALOG);
        state.play.step("a sale of " + state.terms.get("allotted") + " units, limit " + state.terms.get("purchaseLimit")
                + ", " + state.crowd.size() + " customers, " + state.terms.get("admissionsPerSecond") + "/s, "
                + state.terms.get("draw"));
        // the seed of the draw is the only thing that the service makes up by itself
        state.acting
                .service()
                .jdbc()
                .sql("insert into waiting_room (sale_id, seed) values (:sale, :seed)")
                .param("sale", state.sale)
                .param("seed", state.seed())
                .update();
        state.tellSale();
        state.checks.look();
        if (state.stage == Stage.WAITLIST) sellOut();
        if (state.scarce) comeAgain();
        for (int steps = state.chance.from(25, 50); steps > 0; steps--) {
            act();
            state.look();
        }
        end();
    }

    /** The first customers take all units, so that the others have something to wait for. */
    private void sellOut() {
        state.drain();
        for (var early : state.crowd) {
            if (state.others.available() == 0) break;
            state.received(early, TicketTestAccess.join(state.acting.service(), state.sale, early.id, null));
            customers.order(early, false);
            while (state.others.hasUndecided()) state.play.step("inventory: " + state.others.decide());
            state.drain();
            state.time().move(Duration.ofSeconds(1));
        }
        state.acting.runTask("roomTask");
        state.acting.runTask("roomTask");
        state.checks.look();
        mustBeEqual(state.others.available(), 0, "units that are left when everybody could buy");
    }

    /** All customers have joined when Redis is lost, and some join again without their tickets. */
    private void comeAgain() {
        for (var early : state.crowd)
            state.received(early, TicketTestAccess.join(state.acting.service(), state.sale, early.id, null));
        state.checks.look();
        state.play.onlooker().by(Lanes.REDIS);
        state.play.step("Redis is started again, empty");
        state.play.onlooker().mark(Mark.LOST);
        state.world.first().redis().restart();
        state.crowd.forEach(Shopper::redisWasLost);
        state.acting.runTask("roomTask");
        state.acting.runTask("roomTask");
        for (var again : state.crowd) {
            if (state.chance.oneIn(2))
                state.received(again, TicketTestAccess.join(state.acting.service(), state.sale, again.id, null));
        }
        state.checks.look();
    }

    private void act() {
        state.acting = state.chance.oneOf(state.world.replicas());
        RoomTestAccess.passALittleTime(state.acting.service());
        var waitlist = state.stage == Stage.WAITLIST ? 6 : 1;
        var loss = state.scarce ? 5 : 1;
        var decide = state.scarce ? 1 : 4;
        var join = state.scarce ? 20 : 8;
        var claim = state.scarce ? 10 : 5;
        var room = state.scarce ? 10 : 5;
        switch (state.chance.weighted(join, claim, 6, decide, 3, 12, 3, room, 2, 4, waitlist, 3, 1, loss, 1, 1, 1, 2)) {
            case 0 -> customers.join(state.chance.oneOf(state.crowd));
            case 1 -> customers.claim(state.chance.oneOf(state.crowd));
            case 2 -> customers.order(state.chance.oneOf(state.crowd), true);
            case 3 -> platform.decide();
            case 4 -> platform.settle();
            case 5 -> platform.deliver(state.chance.oneOf(state.others.feeds()));
            case 6 -> platform.answer();
            case 7 -> platform.runTask("roomTask");
            case 8 -> platform.runTask("lapseTask");
            case 9 -> platform.runTask("waitlistTask");
            case 10 -> customers.joinWaitlist(state.chance.oneOf(state.crowd));
            case 11 -> platform.stepClock();
            case 12 -> customers.leave(state.chance.oneOf(state.crowd));
            case 13 -> platform.loseRedis();
            case 14 -> platform.restart();
            case 15 -> platform.repeat(state.chance.oneOf(state.others.feeds()));
            case 16 -> platform.pause();
            default -> platform.runTask("saleRefreshTask");
        }
    }

    /**
     * All customers are willing and all messages arrive, until nothing changes; then the sale ends and every customer
     * is told.
     */
    private void end() {
        state.play.onlooker().by(Lanes.CLOCKS);
        state.play.step("everything arrives, and all clocks are right");
        state.play.onlooker().by(Lanes.CATALOG);
        state.time().agree();
        state.terms.put("paused", false);
        state.tellSale();
        var now = state.time().instant();
        var opened = Instant.parse(String.valueOf(state.terms.get("opensAt"))).plusSeconds(1);
        if (now.isBefore(opened)) state.time().set(opened);
        var quiet = 0;
        for (int round = 0; round < MOST_ROUNDS && quiet < QUIET_ROUNDS; round++) {
            var before = state.play.trace().steps();
            round();
            quiet = before == state.play.trace().steps() ? quiet + 1 : 0;
            state.time().move(ROUND);
        }
        mustHold(quiet == QUIET_ROUNDS, "it does not come to rest");
        state.play.holds("I15", state.checks::nothingIsLeftToDo);
        close();
    }

    /** One round of everything, without faults; it adds no step to the trace if nothing happened. */
    private void round() {
        state.drain();
        RoomTestAccess.passALittleTime(state.acting.service());
        state.play.onlooker().by(state.lane());
        for (var task : List.of("saleRefreshTask", "roomTask", "lapseTask", "waitlistTask")) {
            state.acting.runTask(task);
        }
        state.look();
        var before = state.play.trace().steps();
        for (var shopper : state.crowd) {
            come(shopper);
            customers.order(shopper, false);
        }
        if (before != state.play.trace().steps()) state.look();
        platform.answer();
        while (state.others.hasUndecided()) state.play.step("inventory: " + state.others.decide());
        for (var order : state.others.held()) {
            state.others.pay(order);
            state.play.step(order.name + " is paid");
        }
        state.drain();
    }

    private void come(Shopper shopper) {
        var ticket = shopper.ticket;
        // an admission that has expired is none
        if (shopper.admission != null
                && !shopper.admission.isUsable(state.time().instant())) shopper.admission = null;
        if (ticket == null || shopper.admission != null) return;
        var answer = TicketTestAccess.claim(state.acting.service(), ticket);
        if (answer.word().equals("PASSED")) shopper.ticket = null;
        if (answer.admission() != null && state.others.isOpen(answer.admission().id())) state.received(shopper, answer);
    }

    private void close() {
        state.play.onlooker().by(Lanes.CATALOG);
        state.play.step("the sale ends");
        state.terms.put("endedAt", state.time().instant().toString());
        state.tellSale();
        for (int round = 0; round < 3; round++) {
            state.time().move(Duration.ofMinutes(6));
            round();
        }
        state.play.holds("I9", state.checks::everythingHasEnded);
    }
}
