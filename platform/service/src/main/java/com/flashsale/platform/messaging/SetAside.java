package com.flashsale.platform.messaging;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What was set aside of a poll that is not through: delivered again, it is skipped instead of set aside again. And how many handlers
 * failed in a row: many different messages that all fail are not the reason, so the consumer stops and waits.
 */
final class SetAside {

    /** Failures in a row, without a success in between, after which no message is blamed any more. */
    static final int IN_A_ROW = 100;

    /** Positions that are remembered: a few polls of each consumer; about a megabyte. */
    private static final int POSITIONS = 10_000;

    private record Position(TopicPartition partition, long offset) {

        static Position of(ConsumerRecord<?, ?> message) {
            return new Position(new TopicPartition(message.topic(), message.partition()), message.offset());
        }
    }

    private final Map<Position, Boolean> positions = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Position, Boolean> eldest) {
            return size() > POSITIONS;
        }
    };

    private final Map<String, AtomicInteger> inARow = new ConcurrentHashMap<>();

    synchronized boolean contains(ConsumerRecord<?, ?> message) {
        return positions.containsKey(Position.of(message));
    }

    synchronized void add(ConsumerRecord<?, ?> message) {
        positions.put(Position.of(message), true);
    }

    /** The poll is through and its offsets are committed: delivered again, its messages are meant to be handled again. */
    synchronized void forget(Collection<? extends ConsumerRecord<?, ?>> poll) {
        if (positions.isEmpty()) return;
        poll.forEach(message -> positions.remove(Position.of(message)));
    }

    /** Throws if so many have failed in a row that it cannot be this message. */
    void failed(String consumer, RuntimeException why) {
        if (row(consumer).incrementAndGet() <= IN_A_ROW) return;
        throw new ManyFailuresException(IN_A_ROW + " messages in a row failed for " + consumer, why);
    }

    void succeeded(String consumer) {
        row(consumer).set(0);
    }

    private AtomicInteger row(String consumer) {
        return inARow.computeIfAbsent(consumer, _ -> new AtomicInteger());
    }
}
