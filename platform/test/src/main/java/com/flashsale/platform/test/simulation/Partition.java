package com.flashsale.platform.test.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * One partition of a topic with one consumer group. Messages keep their order, uncommitted messages come again, and
 * committed ones may come again too. Delay means that the consumer does not poll. Onlookers see the way of each
 * message.
 */
public final class Partition<M> {

    /** A message and its name for onlookers. */
    private record Named<M>(M message, String name) {}

    private final List<Named<M>> messages = new ArrayList<>();
    private final Recording onlooker;
    private int committed;

    public Partition(Recording onlooker) {
        this.onlooker = onlooker;
    }

    /** @param name the same one for no other message of the run */
    public void append(M message, String name) {
        append(new Named<>(message, name));
    }

    private void append(Named<M> message) {
        messages.add(message);
        onlooker.sends(message.name());
    }

    /** A relay that was killed before it could delete what it had sent sends it again, in the same order. */
    public void repeatLast(int count) {
        var again = List.copyOf(messages.subList(Math.max(0, messages.size() - count), messages.size()));
        again.forEach(this::append);
    }

    /** The messages after the committed offset, at most {@code limit}. */
    public List<M> poll(int limit) {
        return next(limit).stream().map(Named::message).toList();
    }

    private List<Named<M>> next(int limit) {
        return messages.subList(committed, Math.min(messages.size(), committed + limit));
    }

    public void commit(int count) {
        next(count).forEach(message -> onlooker.receives(message.name(), true));
        committed += count;
    }

    /** The consumer died with them, so they come again. */
    public void drop(int count) {
        next(count).forEach(message -> onlooker.receives(message.name(), false));
    }

    /** The offset is lost: messages are delivered from here again. */
    public void rewindTo(int offset) {
        var before = committed;
        committed = Math.min(committed, offset);
        next(before - committed).forEach(message -> onlooker.comesAgain(message.name()));
    }

    /** The names of the messages that no consumer has committed. */
    public List<String> inFlight() {
        return next(waiting()).stream().map(Named::name).toList();
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
