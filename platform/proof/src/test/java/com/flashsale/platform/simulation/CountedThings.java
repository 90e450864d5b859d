package com.flashsale.platform.simulation;

import static com.flashsale.platform.test.simulation.SimulationRun.mustBeEqual;
import static com.flashsale.platform.test.simulation.SimulationRun.mustHold;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.flashsale.platform.outbox.Outbox;
import com.flashsale.platform.outbox.OutboxEvent;
import com.flashsale.platform.test.simulation.SimulatedService;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** The aggregates of a run, what they have committed, and what the effects of their events must look like. */
final class CountedThings {

    private static final String TYPE = "com.flashsale.mechanism.thing.counted.v1";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final SimulatedService service;
    private final List<String> keys;
    private final Map<String, Integer> committed = new TreeMap<>();
    private final Map<String, Integer> mayComeTwice = new HashMap<>();

    CountedThings(SimulatedService service, List<String> keys) {
        this.service = service;
        this.keys = keys;
    }

    List<String> keys() {
        return keys;
    }

    /** An event in two words, such as "k0 3". */
    String nameOf(ProducerRecord<String, byte[]> message) {
        return "k" + keys.indexOf(message.key()) + " "
                + JSON.readTree(message.value()).get("number");
    }

    void append(String key, int count, boolean rollback, Runnable beforeCommit) {
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

    /** Whether a transaction that died at its commit is there, only the database knows. */
    void lookWhatIsCommitted(String key) {
        committed.put(key, lastNumber(key));
    }

    void oneIsCommitted(String key) {
        committed.merge(key, 1, Integer::sum);
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

    Set<String> idsInOutbox() {
        return new TreeSet<>(service.jdbc()
                .sql("select id::text from outbox")
                .query(String.class)
                .list());
    }

    void mayComeOnceMore(Collection<String> ids) {
        ids.forEach(id -> mayComeTwice.merge(id, 1, Integer::sum));
    }

    /** Effects of a key are 1, 2, 3 and so on, each once; and nothing comes twice that had no reason to. */
    void check(SimulatedBroker broker) {
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

    void checkThatAllTookEffect() {
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
