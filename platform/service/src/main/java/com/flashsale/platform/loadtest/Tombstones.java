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
 * Makes a compacted topic forget the keys of a run: a message without data is all that compaction leaves of them, and then not even that.
 * Its type is known to nobody, so readers of every version pass over it.
 */
public final class Tombstones implements TaggedTraces {

    private static final long TIMEOUT_SECONDS = 30;

    private final KafkaTemplate<String, byte[]> kafka;
    private final String topic;
    private final Function<String, List<String>> keys;

    /** @param keys of a run, as long as its rows are there */
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

    /** An event of the run that waited in the outbox may have followed its tombstone; now there is none left. */
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

    /** The broker has them, compaction will do the rest. */
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
