package com.flashsale.platform.test.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * One partition of a topic with one consumer group: messages stay in their order, what was not committed comes again, and what was
 * committed may come again too. Delay is that nobody polls.
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

    /** What comes after the committed offset, at most so many. */
    public List<M> poll(int limit) {
        return List.copyOf(messages.subList(committed, Math.min(messages.size(), committed + limit)));
    }

    public void commit(int count) {
        committed += count;
    }

    /** The offset is lost: delivered from here again. */
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
