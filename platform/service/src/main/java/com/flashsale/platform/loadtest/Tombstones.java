package com.flashsale.platform.loadtest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.flashsale.platform.observability.LoadTest;
import com.flashsale.platform.time.Ids;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;

/**
 * Makes a compacted topic forget the keys of a run: compaction keeps only the tombstone of a key, a message without
 * data, and later removes that too. No reader knows the type of a tombstone, so readers of every version skip it.
 */
public final class Tombstones implements PurgeTarget {

    private static final long TIMEOUT_SECONDS = 30;

    private final KafkaTemplate<String, byte[]> kafka;
    private final String topic;
    private final Function<String, List<String>> keys;

    /** @param keys finds the keys of a run while its rows exist */
    public Tombstones(KafkaTemplate<String, byte[]> kafka, String topic, Function<String, List<String>> keys) {
        this.kafka = kafka;
        this.topic = topic;
        this.keys = keys;
    }

    @Override
    public String name() {
        return "keys of " + topic;
    }

    @Override
    public long remove(String run) {
        return bury(keys.apply(run), run);
    }

    /**
     * Sends the tombstones once more: an event of the run that waited in the outbox may have followed the first one.
     * Now that the rows have gone, no further event follows.
     */
    @Override
    public Runnable afterRows(String run) {
        var known = List.copyOf(keys.apply(run));
        return () -> bury(known, run);
    }

    private long bury(List<String> known, String run) {
        var sent = known.stream().map(key -> kafka.send(tombstone(key, run))).toList();
        sent.forEach(Tombstones::await);
        return sent.size();
    }

    /** Always zero: the broker has the tombstones, and compaction does the rest. */
    @Override
    public long left(String run) {
        return 0;
    }

    private ProducerRecord<String, byte[]> tombstone(String key, String run) {
        var message = new ProducerRecord<String, byte[]>(topic, key, null);
        var headers = message.headers();
        headers.add("ce_specversion", "1.0".getBytes(UTF_8));
        headers.add("ce_id", Ids.next().toString().getBytes(UTF_8));
        headers.add("ce_type", "com.flashsale.platform.loadtest.purged.v1".getBytes(UTF_8));
        headers.add("ce_subject", key.getBytes(UTF_8));
        headers.add(LoadTest.EVENT_HEADER, run.getBytes(UTF_8));
        return message;
    }

    private static void await(Future<?> sent) {
        try {
            sent.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            throw new KafkaException("A tombstone was not taken", failed);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new KafkaException("stopped while sending tombstones", stopping);
        }
    }
}
