package com.flashsale.platform.messaging;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Remembers the messages of an unfinished poll that are set aside: a redelivery skips them instead of setting them
 * aside again. It also counts how many handlers failed in a row. If many different messages fail, the messages are not
 * the reason, so the consumer stops and waits.
 */
final class SetAside {

    /** Failures in a row, without a success in between, after which the message no longer counts as the reason. */
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

    /**
     * The poll is finished and its offsets are committed: if its messages are delivered again, they are meant to be
     * handled again.
     */
    synchronized void forget(Collection<? extends ConsumerRecord<?, ?>> poll) {
        if (positions.isEmpty()) return;
        poll.forEach(message -> positions.remove(Position.of(message)));
    }

    /**
     * Throws if more than {@link #IN_A_ROW} messages in a row have failed, since this message cannot be the reason
     * then.
     */
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
