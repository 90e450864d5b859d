package com.flashsale.client.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.flashsale.client.ToolException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * The memory of replays: a compacted topic with one message for each letter that was sent again. One bit of each letter
 * is kept in memory.
 */
public final class ReplayLog {

    public static final String TOPIC = "dead-letters.replayed";

    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
    private static final int SEND_SECONDS = 30;
    private static final Map<String, String> CONFIG =
            Map.of("cleanup.policy", "compact,delete", "retention.ms", "7776000000", "segment.ms", "86400000");

    private final Broker broker;
    private final Map<String, String> topicIds = new HashMap<>();
    private final Map<TopicPartition, Long> firsts = new HashMap<>();
    private final Map<TopicPartition, BitSet> replayed = new HashMap<>();
    private boolean isThere;

    /** @param topics of the letters that are asked about */
    public ReplayLog(Broker broker, Set<String> topics) {
        this.broker = broker;
        Broker.answer(broker.admin().describeTopics(topics).allTopicNames())
                .forEach((name, description) ->
                        topicIds.put(name, description.topicId().toString()));
        isThere = broker.isThere(PARTITION);
        read((id, _) -> set(id));
    }

    /** True when the letter was sent again. */
    public boolean has(LetterId id) {
        var bits = replayed.get(id.partition());
        long bit = bitOf(id);
        return bits != null && bit >= 0 && bits.get(Math.toIntExact(bit));
    }

    private void set(LetterId id) {
        long bit = bitOf(id);
        if (bit >= 0)
            replayed.computeIfAbsent(id.partition(), _ -> new BitSet()).set(Math.toIntExact(bit));
    }

    /** Counted from the first letter that the broker still has; below 0 for those that it has dropped. */
    private long bitOf(LetterId id) {
        return id.offset() - firsts.computeIfAbsent(id.partition(), broker::first);
    }

    /** The marks of these letters. */
    public Map<LetterId, ReplayRecord> of(Set<LetterId> ids) {
        var found = new HashMap<LetterId, ReplayRecord>();
        if (ids.stream().anyMatch(this::has)) {
            read((id, mark) -> {
                if (ids.contains(id)) found.put(id, mark);
            });
        }
        return found;
    }

    private interface MarkReader {
        void read(LetterId id, ReplayRecord mark);
    }

    private void read(MarkReader reader) {
        if (!isThere) return;
        broker.read(Map.of(), broker.ends(List.of(PARTITION)), message -> {
            var id = message.key() == null
                    ? Optional.<LetterId>empty()
                    : LetterId.parse(new String(message.key(), UTF_8));
            var mark = ReplayRecord.read(message.value());
            if (id.isPresent() && mark.isPresent() && isOfThisTopic(id.get(), mark.get())) {
                reader.read(id.get(), mark.get());
            }
            return true;
        });
    }

    private boolean isOfThisTopic(LetterId id, ReplayRecord mark) {
        return mark.topicId().equals(topicIds.get(id.partition().topic()));
    }

    String topicIdOf(LetterId id) {
        return topicIds.getOrDefault(id.partition().topic(), "");
    }

    /** Returns when the broker has all of them. */
    void remember(Map<LetterId, ReplayRecord> replayLog) {
        if (replayLog.isEmpty()) return;
        makeTopic();
        var sent = new HashSet<Future<RecordMetadata>>();
        replayLog.forEach((id, mark) -> {
            var key = id.toString().getBytes(UTF_8);
            sent.add(broker.producer().send(new ProducerRecord<>(TOPIC, 0, key, mark.bytes())));
            set(id);
        });
        broker.producer().flush();
        for (var one : sent) await(one);
    }

    private static void await(Future<RecordMetadata> sent) {
        try {
            sent.get(SEND_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException refused) {
            throw ToolException.startFailed(
                    "What was sent cannot be remembered: " + refused, List.of("to send it once more is harmless"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ToolException.startFailed("interrupted", List.of());
        }
    }

    private void makeTopic() {
        if (isThere) return;
        var topic = new NewTopic(TOPIC, Optional.of(1), Optional.empty()).configs(CONFIG);
        try {
            broker.admin().createTopics(List.of(topic)).all().get(SEND_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException refused) {
            if (!(refused.getCause() instanceof TopicExistsException)) {
                throw ToolException.startFailed("There is no topic " + TOPIC + ": " + refused.getCause(), List.of());
            }
        } catch (TimeoutException silent) {
            throw ToolException.startFailed("Kafka does not answer.", List.of());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ToolException.startFailed("interrupted", List.of());
        }
        isThere = true;
    }
}
