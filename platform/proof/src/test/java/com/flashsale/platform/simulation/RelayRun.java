package com.flashsale.platform.simulation;

import static com.flashsale.platform.test.simulation.Play.mustBeEqual;
import static com.flashsale.platform.test.simulation.Play.mustHold;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.flashsale.platform.outbox.Outbox;
import com.flashsale.platform.outbox.OutboxEvent;
import com.flashsale.platform.outbox.RelayDoor;
import com.flashsale.platform.test.simulation.Chance;
import com.flashsale.platform.test.simulation.Play;
import com.flashsale.platform.test.simulation.SimulatedCrash;
import com.flashsale.platform.test.simulation.SimulatedService;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.transaction.support.TransactionTemplate;

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

    private static final String TYPE = "com.flashsale.mechanism.thing.counted.v1";
    private static final String LISTENER = "org.springframework.kafka.KafkaListenerEndpointContainer#0";
    private static final int RELAYS = 2;
    private static final int MOST_ROUNDS = 100;

    private final SimulatedService service;
    private final Play play;
    private final Chance chance;
    private final Planted planted;
    private final SimulatedBroker broker = new SimulatedBroker();
    private final KafkaTemplate<String, byte[]> kafka = new KafkaTemplate<>(broker);
    private final @Nullable RelayDoor[] relays = new RelayDoor[RELAYS];
    private final List<String> keys;
    private final Map<String, Integer> committed = new TreeMap<>();
    private final Map<String, Integer> mayComeTwice = new HashMap<>();

    RelayRun(SimulatedService service, Play play, Planted planted) {
        this.service = service;
        this.play = play;
        this.chance = play.chance();
        this.planted = planted;
        this.keys = IntStream.range(0, chance.from(1, 4))
                .mapToObj(_ -> chance.uuid().toString())
                .toList();
        if (planted == Planted.ACKS_0) broker.liesAboutLosses();
    }

    void play() {
        service.reset();
        play.step(keys.size() + " aggregates");
        try {
            for (int steps = chance.from(15, 40); steps > 0; steps--) {
                act();
                look();
            }
            end();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        } finally {
            for (int i = 0; i < RELAYS; i++) endRelay(i);
        }
    }

    private void act() throws SQLException {
        switch (chance.weighted(8, 3, 10, 2, 8, 1)) {
            case 0 -> change(chance.oneOf(keys));
            case 1 -> overtake();
            case 2 -> publish(chance.below(RELAYS));
            case 3 -> {
                var relay = chance.below(RELAYS);
                play.step("relay " + relay + " is killed");
                endRelay(relay);
            }
            case 4 -> consume(chance.below(SimulatedBroker.PARTITIONS));
            default -> rewind(chance.below(SimulatedBroker.PARTITIONS));
        }
    }

    /** Changes an aggregate some times in one transaction, which may be rolled back or die. */
    private void change(String key) {
        var count = chance.from(1, 3);
        var rollback = chance.oneIn(6);
        var what = "k" + keys.indexOf(key) + " changes " + count + " times" + (rollback ? " and is rolled back" : "");
        // whether a transaction that died at its commit is there, only the database knows
        play.attempt(service.faults(), what, 1, () -> append(key, count, rollback, () -> {}), () -> {});
        committed.put(key, lastNumber(key));
    }

    private void append(String key, int count, boolean rollback, Runnable beforeCommit) {
        var first = committed.getOrDefault(key, 0) + 1;
        var events = IntStream.range(first, first + count)
                .mapToObj(number -> new OutboxEvent("thing", key, TYPE, key, Map.of("key", key, "number", number)))
                .toList();
        service.bean(TransactionTemplate.class).executeWithoutResult(status -> {
            service.bean(Outbox.class).append(events);
            beforeCommit.run();
            if (rollback) status.setRollbackOnly();
        });
    }

    /** The last number of a key that is committed: published already, or still in the outbox. */
    private int lastNumber(String key) {
        var waiting = service.jdbc()
                .sql("select coalesce(max((data::json ->> 'number')::int), 0) from outbox where key = :key")
                .param("key", key)
                .query(Integer.class)
                .single();
        return Math.max(waiting, committed.getOrDefault(key, 0));
    }

    /** A transaction that got its numbers first and commits last: another one commits and is published in between. */
    private void overtake() {
        if (keys.size() < 2) return;
        var slow = keys.getFirst();
        var fast = keys.getLast();
        var relay = chance.below(RELAYS);
        play.step("k0 changes slowly, k" + (keys.size() - 1) + " changes and relay " + relay + " publishes meanwhile");
        append(
                slow,
                1,
                false,
                () -> elsewhere(() -> {
                    append(fast, 1, false, () -> {});
                    committed.merge(fast, 1, Integer::sum);
                    publishPlainly(relay);
                }));
        committed.merge(slow, 1, Integer::sum);
    }

    private static void elsewhere(Runnable task) {
        CompletableFuture.runAsync(task, command -> Thread.ofPlatform().start(command))
                .join();
    }

    private void publish(int relay) {
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
            play.step("the broker will take " + takes + " and acknowledge " + acknowledges);
        }
        var waiting = idsInOutbox();
        var done = new boolean[1];
        var finished = play.attempt(
                service.faults(), "relay " + relay + " publishes", 2, () -> done[0] = tryPublish(relay), () -> {});
        broker.nextBatch();
        if (finished && done[0]) {
            // acknowledged behind an event of its key that was not: sent again, after that one
            if (partly) waiting.forEach(id -> mayComeTwice.merge(id, 1, Integer::sum));
            return;
        }
        play.step("  it fails and begins anew");
        waiting.forEach(id -> mayComeTwice.merge(id, 1, Integer::sum));
        endRelay(relay);
    }

    private void standStill(int relay, boolean losesItsSession) {
        try {
            var stalled = relays[relay];
            if (losesItsSession && stalled != null) {
                stalled.loseSession();
                service.faults().crashAtStatement(1);
                idsInOutbox().forEach(id -> mayComeTwice.merge(id, 1, Integer::sum));
            }
            service.faults().undisturbed(() -> publishPlainly(1 - relay));
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void publishPlainly(int relay) {
        if (!tryPublish(relay)) throw new IllegalStateException("a relay failed without a fault");
    }

    private boolean tryPublish(int relay) {
        try {
            var existing = relays[relay];
            var door = existing == null ? RelayDoor.start(service.bean(DataSource.class), kafka) : existing;
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

    private Set<String> idsInOutbox() {
        return new TreeSet<>(service.jdbc()
                .sql("select id::text from outbox")
                .query(String.class)
                .list());
    }

    private void consume(int partition) {
        var from = broker.partitions().get(partition);
        var batch = from.poll(chance.from(1, 5));
        if (batch.isEmpty()) return;
        var what = "the consumer reads " + batch.size() + " of partition " + partition;
        var done = play.attempt(service.faults(), what, 4, () -> service.deliver(LISTENER, batch), () -> {});
        if (done) from.commit(batch.size());
        if (planted == Planted.INBOX_FORGETS)
            service.jdbc().sql("delete from inbox").update();
    }

    private void rewind(int partition) {
        play.step("the offset of partition " + partition + " is lost");
        broker.partitions().get(partition).rewindTo(0);
    }

    /** Effects of a key are 1, 2, 3 and so on, each once; and nothing comes twice that had no reason to. */
    private void look() {
        for (var key : keys) {
            var effects = service.jdbc()
                    .sql("select number from effect where key = :key order by position")
                    .param("key", key)
                    .query(Integer.class)
                    .list();
            mustBeEqual(
                    effects,
                    IntStream.rangeClosed(1, effects.size()).boxed().toList(),
                    "effects of k" + keys.indexOf(key) + ", each once and in order");
            mustHold(
                    effects.size() <= committed.getOrDefault(key, 0),
                    "an effect of k%d that was never committed",
                    keys.indexOf(key));
        }
        var times = new HashMap<String, Integer>();
        for (var message : broker.taken()) times.merge(id(message), 1, Integer::sum);
        times.forEach((id, count) -> mustHold(
                count <= 1 + mayComeTwice.getOrDefault(id, 0), "a message was sent %d times without a reason", count));
    }

    private static String id(ConsumerRecord<String, byte[]> message) {
        return new String(message.headers().lastHeader("ce_id").value(), UTF_8);
    }

    /** One relay lives, everything is read: all that was committed took effect. */
    private void end() throws SQLException {
        play.step("everything arrives");
        for (int i = 0; i < RELAYS; i++) endRelay(i);
        var relay = RelayDoor.start(service.bean(DataSource.class), kafka);
        relays[0] = relay;
        var rounds = 0;
        while (relay.publish() > 0) mustHold(rounds++ < MOST_ROUNDS, "the outbox does not become empty");
        for (var partition : broker.partitions()) {
            while (partition.waiting() > 0) {
                var batch = partition.poll(chance.from(1, 8));
                service.deliver(LISTENER, batch);
                partition.commit(batch.size());
                if (planted == Planted.INBOX_FORGETS)
                    service.jdbc().sql("delete from inbox").update();
            }
        }
        look();
        var arrived = new ArrayList<Integer>();
        for (var key : committed.keySet()) {
            arrived.add(service.jdbc()
                    .sql("select count(*) from effect where key = :key")
                    .param("key", key)
                    .query(Integer.class)
                    .single());
        }
        mustBeEqual(arrived, List.copyOf(committed.values()), "what took effect of all that was committed");
    }
}
