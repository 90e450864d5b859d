package com.flashsale.platform.test.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * One partition of a topic with one consumer group. Messages keep their order, uncommitted messages come again, and
 * committed ones may come again too. Delay means that the consumer does not poll.
 */
public final class Partition<M> {

    private final List<M> messages = new ArrayList<>();
    private int committed;

    public void append(M message) {
        messages.add(message);
    }

    /** A relay that was killed before it could delete what it had sent sends it again, in the same order. */
    public void repeatLast(int count) {
        var again = List.copyOf(messages.subList(Math.max(0, messages.size() - count), messages.size()));
        messages.addAll(again);
    }

    /** The messages after the committed offset, at most {@code limit}. */
    public List<M> poll(int limit) {
        return List.copyOf(messages.subList(committed, Math.min(messages.size(), committed + limit)));
    }

    public void commit(int count) {
        committed += count;
    }

    /** The offset is lost: messages are delivered from here again. */
    public void rewindTo(int offset) {
        committed = Math.min(committed, offset);
    }

    public int committed() {
        return committed;
    }

    public int waiting() {
        return messages.size() - committed;
    }

    public boolean isEmpty() {
        return messages.isEmpty();
    }
}
