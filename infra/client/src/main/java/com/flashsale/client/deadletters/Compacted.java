package com.flashsale.client.deadletters;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/**
 * A compacted topic keeps the last message of each key, and a reader that begins anew goes by it. A dead letter must
 * not become that last message when a later one of its key is there.
 */
final class Compacted {

    private final Broker broker;
    private final Map<String, Boolean> known = new HashMap<>();

    Compacted(Broker broker) {
        this.broker = broker;
    }

    private boolean isCompacted(String topic) {
        return known.computeIfAbsent(topic, _ -> {
            var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
            return Broker.answer(
                            broker.admin().describeConfigs(List.of(resource)).all())
                    .values()
                    .stream()
                    .anyMatch(config -> config.get("cleanup.policy").value().contains("compact"));
        });
    }

    /** Those of the letters whose key has a later message in its topic. */
    Set<LetterId> superseded(List<Letter> letters) {
        var open = letters.stream()
                .filter(letter -> letter.message().key() != null
                        && letter.firstPlace().isPresent()
                        && broker.isThere(new TopicPartition(
                                letter.topic(),
                                letter.firstPlace().orElseThrow().partition()))
                        && isCompacted(letter.topic()))
                .collect(Collectors.groupingBy(letter -> new TopicPartition(
                        letter.topic(), letter.firstPlace().orElseThrow().partition())));
        return open.entrySet().stream()
                .flatMap(entry -> superseded(entry.getKey(), entry.getValue()).stream())
                .collect(Collectors.toSet());
    }

    private Set<LetterId> superseded(TopicPartition partition, List<Letter> letters) {
        var latest = new HashMap<ByteBuffer, Long>();
        letters.forEach(letter -> latest.put(key(letter), -1L));
        long from = letters.stream().mapToLong(Compacted::firstOffset).min().orElse(0);
        broker.read(Map.of(partition, from), broker.ends(List.of(partition)), message -> {
            if (message.key() != null) {
                var place = Letter.Place.parse(Letter.header(message, Letter.REPLAYED_ORIGIN));
                long offset = place.map(Letter.Place::offset).orElse(message.offset());
                latest.computeIfPresent(ByteBuffer.wrap(message.key()), (_, last) -> Math.max(last, offset));
            }
            return true;
        });
        return letters.stream()
                .filter(letter -> latest.getOrDefault(key(letter), -1L) > firstOffset(letter))
                .map(Letter::id)
                .collect(Collectors.toSet());
    }

    private static ByteBuffer key(Letter letter) {
        return ByteBuffer.wrap(Optional.ofNullable(letter.message().key()).orElseThrow());
    }

    private static long firstOffset(Letter letter) {
        return letter.firstPlace().orElseThrow().offset();
    }
}
