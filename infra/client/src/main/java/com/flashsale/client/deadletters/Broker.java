package com.flashsale.client.deadletters;

import com.flashsale.client.ToolException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Kafka as this command uses it. The reader belongs to no consumer group and commits nothing; it holds a few MiB at
 * most, however much there is to read. Used by one thread.
 */
public final class Broker implements AutoCloseable {

    private static final int CALL_MILLIS = 15_000;
    private static final int FETCH_BYTES = 2 << 20;
    private static final int LARGEST_REQUEST = 16 << 20;
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);
    private static final Duration CLOSING = Duration.ofSeconds(2);
    private static final Comparator<TopicPartition> BY_NAME =
            Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

    private final Admin admin;
    private final KafkaConsumer<byte[], byte[]> reader;
    private final Map<String, Object> settings;
    private @Nullable KafkaProducer<byte[], byte[]> producer;
    private @Nullable Map<String, List<PartitionInfo>> topics;

    /** Says of each message whether more is wanted. */
    @FunctionalInterface
    public interface Visitor {
        boolean visit(ConsumerRecord<byte[], byte[]> message);
    }

    /** @param more settings of Kafka's clients, for a broker that wants TLS or a password */
    public Broker(String bootstrap, Properties more) {
        settings = new HashMap<>();
        more.stringPropertyNames().forEach(name -> settings.put(name, more.getProperty(name)));
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "flashsale-dead-letters");
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, CALL_MILLIS);
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, CALL_MILLIS / 2);
        var reading = new HashMap<>(settings);
        reading.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        reading.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        reading.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        reading.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        reading.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20);
        admin = Admin.create(settings);
        reader = new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    Admin admin() {
        return admin;
    }

    /** Keeps the order of its messages, and sends nothing twice by itself. */
    KafkaProducer<byte[], byte[]> producer() {
        if (producer == null) {
            var sending = new HashMap<>(settings);
            sending.remove(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG);
            sending.put(ProducerConfig.ACKS_CONFIG, "all");
            sending.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
            sending.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
            sending.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_REQUEST);
            sending.put(ProducerConfig.BUFFER_MEMORY_CONFIG, LARGEST_REQUEST);
            sending.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, CALL_MILLIS);
            sending.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 2 * CALL_MILLIS);
            producer = new KafkaProducer<>(sending, new ByteArraySerializer(), new ByteArraySerializer());
        }
        return producer;
    }

    /** Every dead-letter topic, or the one of this topic. */
    public List<TopicPartition> deadLetters(@Nullable String topic) {
        var known = topics();
        var wanted = topic == null ? null : topic.endsWith(Letter.SUFFIX) ? topic : topic + Letter.SUFFIX;
        var partitions = new ArrayList<TopicPartition>();
        known.keySet().stream()
                .filter(name -> wanted == null ? name.endsWith(Letter.SUFFIX) : name.equals(wanted))
                .sorted()
                .forEach(name -> known.getOrDefault(name, List.of())
                        .forEach(info -> partitions.add(new TopicPartition(name, info.partition()))));
        if (wanted != null && partitions.isEmpty()) throw ToolException.usage("There is no topic " + wanted);
        return partitions;
    }

    /** As they were at the first question: a run takes seconds, topics are made once. */
    private Map<String, List<PartitionInfo>> topics() {
        if (topics == null) topics = reader.listTopics();
        return topics;
    }

    boolean isThere(TopicPartition partition) {
        return topics().getOrDefault(partition.topic(), List.of()).stream()
                .anyMatch(info -> info.partition() == partition.partition());
    }

    Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
        return reader.endOffsets(partitions);
    }

    /**
     * Reads each partition from its first message, or from this offset, up to an end; returns false when the visitor
     * had enough.
     */
    boolean read(Map<TopicPartition, Long> from, Map<TopicPartition, Long> ends, Visitor visitor) {
        // one partition after the other: the letters of a topic are listed and sent in its order
        for (var partition : ends.keySet().stream().sorted(BY_NAME).toList()) {
            if (!read(partition, from.getOrDefault(partition, 0L), ends.getOrDefault(partition, 0L), visitor)) {
                return false;
            }
        }
        return true;
    }

    private boolean read(TopicPartition partition, long from, long end, Visitor visitor) {
        long next = Math.max(first(partition), from);
        if (next >= end) return true;
        reader.assign(List.of(partition));
        reader.seek(partition, next);
        long heard = System.nanoTime();
        while (next < end) {
            var messages = reader.poll(POLL).records(partition);
            for (var message : messages) {
                if (message.offset() >= end) return true;
                if (!visitor.visit(message)) return false;
            }
            long reached = reader.position(partition);
            if (reached > next) heard = System.nanoTime();
            next = reached;
            if (System.nanoTime() - heard > LONGEST_SILENCE.toNanos()) {
                throw ToolException.startFailed(
                        "Kafka gives nothing more of %s at offset %d of %d.".formatted(partition, next, end),
                        List.of());
            }
        }
        return true;
    }

    long first(TopicPartition partition) {
        return reader.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
    }

    /** The answer of a call, or a sentence why there is none. */
    static <T> T answer(KafkaFuture<T> call) {
        try {
            return call.get(CALL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException refused) {
            throw ToolException.startFailed("Kafka refuses: " + refused.getCause(), List.of());
        } catch (TimeoutException silent) {
            throw ToolException.startFailed("Kafka does not answer.", List.of());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ToolException.startFailed("interrupted", List.of());
        }
    }

    @Override
    public void close() {
        reader.close(CloseOptions.timeout(CLOSING));
        if (producer != null) producer.close(CLOSING);
        admin.close(CLOSING);
    }
}
