package com.flashsale.platform.simulation;

import com.flashsale.platform.test.simulation.Partition;
import com.flashsale.platform.test.simulation.Recording;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.ProducerFactory;

/**
 * A broker as a producer with acks=all and idempotence sees it: of a batch it takes all, or only the first ones, and of
 * those that it took it may acknowledge only the first ones. It keeps what it took, in the order of each partition.
 */
final class SimulatedBroker implements ProducerFactory<String, byte[]> {

    static final int PARTITIONS = 2;

    private final List<Partition<ConsumerRecord<String, byte[]>>> partitions;
    private final Function<ProducerRecord<String, byte[]>, String> names;
    private final List<ConsumerRecord<String, byte[]>> taken = new ArrayList<>();
    private final List<Runnable> answers = new ArrayList<>();
    private int takes = Integer.MAX_VALUE;
    private int acknowledges = Integer.MAX_VALUE;
    private boolean liesAboutLosses;
    private int sends;
    private int interruptedAt = -1;
    private Runnable interruption = () -> {};

    /** For the next batch. */
    void willTake(int count) {
        takes = count;
    }

    /** For the next batch; at most what it takes. */
    void willAcknowledge(int count) {
        acknowledges = count;
    }

    /** A planted bug: acks=0, so that lost messages are acknowledged too. */
    void liesAboutLosses() {
        liesAboutLosses = true;
    }

    /** The relay stands still just before its n-th send, counted from 0, and this happens meanwhile. */
    void beforeSend(int send, Runnable what) {
        interruptedAt = send;
        interruption = what;
    }

    /** @param names of the messages, for onlookers */
    SimulatedBroker(Recording onlooker, Function<ProducerRecord<String, byte[]>, String> names) {
        this.names = names;
        this.partitions = Stream.generate(() -> new Partition<ConsumerRecord<String, byte[]>>(onlooker))
                .limit(PARTITIONS)
                .toList();
    }

    void nextBatch() {
        takes = Integer.MAX_VALUE;
        acknowledges = Integer.MAX_VALUE;
        sends = 0;
        interruptedAt = -1;
    }

    List<Partition<ConsumerRecord<String, byte[]>>> partitions() {
        return partitions;
    }

    List<ConsumerRecord<String, byte[]>> taken() {
        return taken;
    }

    @Override
    @SuppressWarnings("unchecked")
    public Producer<String, byte[]> createProducer() {
        return (Producer<String, byte[]>) Proxy.newProxyInstance(
                Producer.class.getClassLoader(),
                new Class<?>[] {Producer.class},
                (_, method, arguments) -> switch (method.getName()) {
                    case "send" -> send((ProducerRecord<String, byte[]>) arguments[0], (Callback) arguments[1]);
                    case "flush" -> answer();
                    default -> null;
                });
    }

    /** Acknowledgements come when all has been sent. */
    private @Nullable Object answer() {
        var due = List.copyOf(answers);
        answers.clear();
        due.forEach(Runnable::run);
        return null;
    }

    private Future<RecordMetadata> send(ProducerRecord<String, byte[]> message, Callback callback) {
        if (sends == interruptedAt) {
            interruptedAt = -1;
            var mine = sends;
            interruption.run();
            sends = mine;
        }
        var position = sends++;
        if (position < takes) take(message);
        var acknowledged = liesAboutLosses || position < Math.min(takes, acknowledges);
        var result = new CompletableFuture<RecordMetadata>();
        answers.add(() -> {
            if (acknowledged) {
                var metadata = new RecordMetadata(new TopicPartition(message.topic(), 0), 0, 0, 0, 0, 0);
                callback.onCompletion(metadata, null);
                result.complete(metadata);
            } else {
                var lost = new TimeoutException("simulated: not acknowledged");
                callback.onCompletion(null, lost);
                result.completeExceptionally(lost);
            }
        });
        return result;
    }

    private void take(ProducerRecord<String, byte[]> message) {
        var record = new ConsumerRecord<>(message.topic(), 0, 0, message.key(), message.value());
        message.headers().forEach(record.headers()::add);
        partitions.get(Math.floorMod(message.key().hashCode(), PARTITIONS)).append(record, names.apply(message));
        taken.add(record);
    }
}
