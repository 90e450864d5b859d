package com.flashsale.waitlist.simulation;

import com.flashsale.platform.test.simulation.Recording.Mark;
import com.flashsale.platform.test.simulation.SimulatedCrash;
import java.time.Duration;

/** The actions of other services, replicas, clocks and Redis in a run. */
final class PlatformActions {

    private final CrowdState state;

    PlatformActions(CrowdState state) {
        this.state = state;
    }

    void decide() {
        for (int i = state.chance.from(1, 3); i > 0 && state.others.hasUndecided(); i--)
            state.play.step("inventory: " + state.others.decide());
    }

    void settle() {
        var held = state.others.held();
        if (held.isEmpty()) return;
        var order = state.chance.oneOf(held);
        if (state.chance.oneIn(2)) {
            state.others.pay(order);
            state.play.step(order.name + " is paid");
        } else {
            state.others.release(order);
            state.play.step(order.name + " is cancelled");
        }
    }

    void deliver(Others.Feed feed) {
        var batch = feed.partition().poll(state.chance.from(1, 4));
        if (batch.isEmpty()) return;
        var fault = state.redisFault();
        state.play.onlooker().by(state.lane());
        var what = "deliver " + batch.size() + " of " + feed.name() + fault;
        var done = state.play.attempt(
                state.world.first().service().faults(),
                what,
                CrowdState.STATEMENTS,
                () -> state.acting.service().deliver(feed.listener(), batch),
                state::visit);
        state.acting.redis().disarm();
        if (done) feed.partition().commit(batch.size());
        else feed.partition().drop(batch.size());
    }

    /** order-service reads the admissions that are withdrawn, some of them twice. */
    void answer() {
        for (var admission : state.checks.takeQuestions()) {
            state.others.withdrawn(admission);
            if (state.chance.oneIn(4)) state.others.withdrawn(admission);
            state.play.step("order-service: an admission is " + (state.others.isVoid(admission) ? "void" : "used"));
        }
    }

    void runTask(String task) {
        var fault = state.redisFault();
        state.play.onlooker().by(state.lane());
        state.play.attempt(
                state.world.first().service().faults(),
                task + fault,
                CrowdState.STATEMENTS,
                () -> {
                    try {
                        state.acting.runTask(task);
                    } catch (RuntimeException failure) {
                        // PeriodicTask catches each exception and goes on; an exception without an
                        // injected fault is a bug
                        if (SimulatedCrash.isCauseOf(failure) || fault.isEmpty()) throw failure;
                    }
                },
                state::visit);
        state.acting.redis().disarm();
    }

    void stepClock() {
        state.play.onlooker().by(Lanes.CLOCKS);
        if (state.chance.oneIn(4)) {
            state.play.step(state.time().stepOne(state.chance));
            state.play.onlooker().mark(Mark.CLOCK);
            return;
        }
        var step = switch (state.chance.below(5)) {
            case 0 -> Duration.ofSeconds(-state.chance.from(1, 40));
            case 1 -> Duration.ofMillis(state.chance.from(1, 999));
            case 2 -> Duration.ofSeconds(state.chance.from(1, 10));
            case 3 -> Duration.ofSeconds(state.chance.from(25, 70));
            default -> Duration.ofSeconds(state.chance.from(60, 310));
        };
        state.play.step("the clock steps " + step);
        state.play.onlooker().mark(Mark.CLOCK);
        state.time().move(step);
    }

    void loseRedis() {
        state.play.onlooker().by(Lanes.REDIS);
        if (state.chance.oneIn(2)) {
            state.play.step("Redis loses everything");
            state.world.first().redis().loseEverything();
        } else {
            state.play.step("Redis is started again, empty");
            state.world.first().redis().restart();
        }
        state.play.onlooker().mark(Mark.LOST);
        state.crowd.forEach(Shopper::redisWasLost);
    }

    void restart() {
        state.play.onlooker().by(state.lane());
        state.play.step("a replica is started again");
        state.play.onlooker().mark(Mark.RESTARTED);
        state.acting.forget();
    }

    void repeat(Others.Feed feed) {
        if (state.chance.oneIn(3)) {
            state.play.onlooker().by(state.lane());
            feed.partition().rewindTo(0);
            state.play.step("the offset of " + feed.name() + " is lost");
        } else {
            state.play.onlooker().by(Lanes.senderOf(feed));
            feed.partition().repeatLast(state.chance.from(1, 3));
            state.play.step("the last of " + feed.name() + " come twice");
        }
        state.play.onlooker().mark(Mark.LOST);
    }

    void pause() {
        state.terms.put("paused", !Boolean.TRUE.equals(state.terms.get("paused")));
        state.play.onlooker().by(Lanes.CATALOG);
        state.play.step("paused: " + state.terms.get("paused"));
        state.tellSale();
    }
}
