package com.flashsale.platform.simulation;

import static com.flashsale.platform.test.simulation.SimulationRun.mustHold;

import com.flashsale.platform.outbox.RelayTestAccess;
import com.flashsale.platform.test.simulation.Recording.Mark;
import com.flashsale.platform.test.simulation.SeededRandom;
import com.flashsale.platform.test.simulation.SimulatedCrash;
import com.flashsale.platform.test.simulation.SimulatedService;
import com.flashsale.platform.test.simulation.SimulationRun;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaTemplate;

/**
 * Changes of a few aggregates, two relays and a consumer: transactions commit out of the order of their numbers or not
 * at all, relays die, stand still or lose their session, the broker takes or acknowledges a part, the consumer dies and
 * reads again.
 */
final class RelayRun {

    enum Planted {
        NOTHING,
        /** An inbox that remembers nothing. */
        INBOX_FORGETS,
        /** A producer that does not wait for the broker. */
        ACKS_0
    }

    private static final String LISTENER = "org.springframework.kafka.KafkaListenerEndpointContainer#0";
    private static final int RELAYS = 2;
    private static final int MOST_ROUNDS = 100;

    private static final String WRITERS = "transactions";
    private static final String BROKER = "broker";
    private static final String CONSUMER = "consumer";

    private final SimulatedService service;
    private final SimulationRun play;
    private final SeededRandom chance;
    private final Planted planted;
    private final SimulatedBroker broker;
    private final KafkaTemplate<String, byte[]> kafka;
    private final @Nullable RelayTestAccess[] relays = new RelayTestAccess[RELAYS];
    private final CountedThings things;

    RelayRun(SimulatedService service, SimulationRun play, Planted planted) {
        this.service = service;
        this.play = play;
        this.chance = play.chance();
        this.planted = planted;
        var keys = IntStream.range(0, chance.from(1, 4))
                .mapToObj(_ -> chance.uuid().toString())
                .toList();
        this.things = new CountedThings(service, keys);
        this.broker = new SimulatedBroker(play.onlooker(), things::nameOf);
        this.kafka = new KafkaTemplate<>(broker);
        if (planted == Planted.ACKS_0) broker.liesAboutLosses();
    }

    void play() {
        service.reset();
        play.onlooker().lanes(List.of(WRITERS, lane(0), lane(1), BROKER, CONSUMER));
        play.onlooker().by(WRITERS);
        play.step(things.keys().size() + " aggregates");
        try {
            for (int steps = chance.from(15, 40); steps > 0; steps--) {
                act();
                play.holds("I8", () -> things.check(broker));
            }
            end();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        } finally {
            for (int i = 0; i < RELAYS; i++) endRelay(i);
        }
    }

    private static String lane(int relay) {
        return "relay " + relay;
    }

    private void act() throws SQLException {
        switch (chance.weighted(8, 3, 10, 2, 8, 1)) {
            case 0 -> change(chance.oneOf(things.keys()));
            case 1 -> overtake();
            case 2 -> publish(chance.below(RELAYS));
            case 3 -> {
                var relay = chance.below(RELAYS);
                play.onlooker().by(lane(relay));
                play.step("relay " + relay + " is killed");
                play.onlooker().mark(Mark.DIED);
                endRelay(relay);
            }
            case 4 -> consume(chance.below(SimulatedBroker.PARTITIONS));
            default -> rewind(chance.below(SimulatedBroker.PARTITIONS));
        }
    }

    /** Changes an aggregate some times in one transaction, which may be rolled back or die. */
    private void change(String key) {
        play.onlooker().by(WRITERS);
        var count = chance.from(1, 3);
        var rollback = chance.oneIn(6);
        var what = "k" + things.keys().indexOf(key) + " changes " + count + " times"
                + (rollback ? " and is rolled back" : "");
        play.attempt(service.faults(), what, 1, () -> things.append(key, count, rollback, () -> {}), () -> {});
        things.lookWhatIsCommitted(key);
    }

    /** A transaction that got its numbers first and commits last: another one commits and is published in between. */
    private void overtake() {
        var keys = things.keys();
        if (keys.size() < 2) return;
        var slow = keys.getFirst();
        var fast = keys.getLast();
        var relay = chance.below(RELAYS);
        play.onlooker().by(WRITERS);
        play.step("k0 changes slowly, k" + (keys.size() - 1) + " changes and relay " + relay + " publishes meanwhile");
        things.append(
                slow,
                1,
                false,
                () -> elsewhere(() -> {
                    things.append(fast, 1, false, () -> {});
                    things.oneIsCommitted(fast);
                    publishPlainly(relay);
                }));
        things.oneIsCommitted(slow);
    }

    private static void elsewhere(Runnable task) {
        CompletableFuture.runAsync(task, command -> Thread.ofPlatform().start(command))
                .join();
    }

    private void publish(int relay) {
        play.onlooker().by(lane(relay));
        var standsStill = chance.oneIn(5);
        var partly = false;
        if (standsStill) {
            var at = chance.below(3);
            var loses = chance.oneIn(2);
            broker.beforeSend(at, () -> standStill(relay, loses));
            play.step(
                    "relay " + relay + " will stand still before send " + at + (loses ? " and lose its session" : ""));
        } else if (chance.oneIn(3)) {
            var takes = chance.below(5);
            var acknowledges = chance.below(takes + 1);
            broker.willTake(takes);
            broker.willAcknowledge(acknowledges);
            partly = true;
            play.onlooker().by(BROKER);
            play.step("the broker will take " + takes + " and acknowledge " + acknowledges);
        }
        play.onlooker().by(lane(relay));
        var waiting = things.idsInOutbox();
        var done = new boolean[1];
        var finished = play.attempt(
                service.faults(), "relay " + relay + " publishes", 2, () -> done[0] = tryPublish(relay), () -> {});
        broker.nextBatch();
        if (finished && done[0]) {
            // acknowledged behind an event of its key that was not: sent again, after that one
            if (partly) things.mayComeOnceMore(waiting);
            return;
        }
        play.step("  it fails and begins anew");
        things.mayComeOnceMore(waiting);
        endRelay(relay);
    }

    private void standStill(int relay, boolean losesItsSession) {
        try {
            var stalled = relays[relay];
            if (losesItsSession && stalled != null) {
                stalled.loseSession();
                service.faults().crashAtStatement(1);
                things.mayComeOnceMore(things.idsInOutbox());
            }
            service.faults().undisturbed(() -> publishPlainly(1 - relay));
            play.onlooker().by(lane(relay));
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void publishPlainly(int relay) {
        if (!tryPublish(relay)) throw new IllegalStateException("a relay failed without a fault");
    }

    private boolean tryPublish(int relay) {
        try {
            play.onlooker().by(lane(relay));
            var existing = relays[relay];
            var door = existing == null ? RelayTestAccess.start(service.bean(DataSource.class), kafka) : existing;
            relays[relay] = door;
            play.step("  relay " + relay + ": " + door.publish() + " events");
            return true;
        } catch (IllegalStateException notAllTaken) {
            play.step("  " + notAllTaken.getMessage());
            return false;
        } catch (SQLException failure) {
            if (!SimulatedCrash.isCauseOf(failure)) throw new IllegalStateException(failure);
            return false;
        }
    }

    private void endRelay(int relay) {
        try {
            var ended = relays[relay];
            if (ended != null) ended.end();
            relays[relay] = null;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void consume(int partition) {
        var from = broker.partitions().get(partition);
        var batch = from.poll(chance.from(1, 5));
        if (batch.isEmpty()) return;
        play.onlooker().by(CONSUMER);
        var what = "the consumer reads " + batch.size() + " of partition " + partition;
        var done = play.attempt(service.faults(), what, 4, () -> service.deliver(LISTENER, batch), () -> {});
        if (done) from.commit(batch.size());
        else from.drop(batch.size());
        if (planted == Planted.INBOX_FORGETS)
            service.jdbc().sql("delete from inbox").update();
    }

    private void rewind(int partition) {
        play.onlooker().by(CONSUMER);
        broker.partitions().get(partition).rewindTo(0);
        play.step("the offset of partition " + partition + " is lost");
        play.onlooker().mark(Mark.LOST);
    }

    /** One relay lives, everything is read: all that was committed took effect. */
    private void end() throws SQLException {
        play.onlooker().by(lane(0));
        play.step("everything arrives");
        for (int i = 0; i < RELAYS; i++) endRelay(i);
        var relay = RelayTestAccess.start(service.bean(DataSource.class), kafka);
        relays[0] = relay;
        var rounds = 0;
        while (relay.publish() > 0) mustHold(rounds++ < MOST_ROUNDS, "the outbox does not become empty");
        play.onlooker().by(CONSUMER);
        for (var partition : broker.partitions()) {
            while (partition.waiting() > 0) {
                var batch = partition.poll(chance.from(1, 8));
                service.deliver(LISTENER, batch);
                partition.commit(batch.size());
                if (planted == Planted.INBOX_FORGETS)
                    service.jdbc().sql("delete from inbox").update();
            }
        }
        play.holds("I8", () -> things.check(broker));
        play.holds("I7", things::checkThatAllTookEffect);
    }
}
