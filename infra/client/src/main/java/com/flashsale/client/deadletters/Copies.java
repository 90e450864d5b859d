package com.flashsale.client.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Sends letters to the topic that they came from, with their key and headers, in the order in which that topic had
 * them.
 */
final class Copies {

    private static final int SEND_SECONDS = 40;

    private final Broker broker;

    Copies(Broker broker) {
        this.broker = broker;
    }

    /**
     * @param first the letter that was sent; another one of the same message shares its copy
     * @param refusal why Kafka did not take it; empty where it did
     */
    record Copy(LetterId first, TopicPartition partition, long offset, String refusal) {

        String place() {
            return partition.topic() + "/" + partition.partition() + "/" + offset;
        }

        boolean isRefused() {
            return !refusal.isEmpty();
        }
    }

    /**
     * Returns when the broker has all of them or has refused; two consumers that set one message aside share one copy.
     */
    Map<LetterId, Copy> send(List<Letter> letters) {
        var byOrigin = new HashMap<String, Letter>();
        var firsts = new LinkedHashMap<LetterId, LetterId>();
        var sent = new LinkedHashMap<LetterId, Future<RecordMetadata>>();
        for (var letter : letters) {
            var first = letter.firstPlace().isPresent() ? byOrigin.putIfAbsent(letter.origin(), letter) : null;
            firsts.put(letter.id(), first == null ? letter.id() : first.id());
            if (first == null) sent.put(letter.id(), send(letter));
        }
        broker.producer().flush();
        var copies = new HashMap<LetterId, Copy>();
        sent.forEach((id, future) -> copies.put(id, copy(id, future)));
        firsts.forEach((id, first) -> copies.put(id, copies.get(first)));
        return copies;
    }

    private Future<RecordMetadata> send(Letter letter) {
        if (!broker.isThere(new TopicPartition(letter.topic(), 0))) {
            // the producer would wait for it, letter by letter
            return CompletableFuture.failedFuture(
                    new UnknownTopicOrPartitionException("there is no topic " + letter.topic()));
        }
        var message = letter.message();
        var copy = new ProducerRecord<>(letter.topic(), partition(letter), message.key(), message.value());
        message.headers().forEach(header -> {
            if (!header.key().startsWith(Letter.ADDED)) copy.headers().add(header);
        });
        copy.headers().add(Letter.REPLAY, letter.id().toString().getBytes(UTF_8));
        letter.firstPlace()
                .ifPresent(place -> copy.headers()
                        .add(Letter.REPLAYED_ORIGIN, place.toString().getBytes(UTF_8)));
        try {
            return broker.producer().send(copy);
        } catch (KafkaException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    /** The key finds the partition, as it did for its producer; a message without a key goes where it was. */
    private @Nullable Integer partition(Letter letter) {
        if (letter.message().key() != null) return null;
        return letter.firstPlace()
                .map(Letter.Place::partition)
                .filter(partition -> broker.isThere(new TopicPartition(letter.topic(), partition)))
                .orElse(null);
    }

    private static Copy copy(LetterId id, Future<RecordMetadata> sent) {
        var topic = id.partition().topic();
        try {
            var place = sent.get(SEND_SECONDS, TimeUnit.SECONDS);
            return new Copy(id, new TopicPartition(place.topic(), place.partition()), place.offset(), "");
        } catch (ExecutionException refused) {
            return new Copy(id, new TopicPartition(topic, 0), -1, String.valueOf(refused.getCause()));
        } catch (TimeoutException silent) {
            return new Copy(id, new TopicPartition(topic, 0), -1, "no answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Copy(id, new TopicPartition(topic, 0), -1, "interrupted");
        }
    }
}
