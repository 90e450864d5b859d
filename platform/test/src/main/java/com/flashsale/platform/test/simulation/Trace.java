package com.flashsale.platform.test.simulation;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The record of a run, step by step: a hash of all steps, which must be the same for the same seed, and the last steps
 * for people. A step holds only facts that the seed decides: no ids from the code under test, no times of this machine.
 */
public final class Trace {

    private static final int KEPT = 40;
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final Deque<String> last = new ArrayDeque<>();
    private long hash = FNV_OFFSET;
    private int steps;

    public void step(String what) {
        steps++;
        for (int i = 0; i < what.length(); i++) hash = (hash ^ what.charAt(i)) * FNV_PRIME;
        hash = (hash ^ '\n') * FNV_PRIME;
        last.addLast("%4d %s".formatted(steps, what));
        if (last.size() > KEPT) last.removeFirst();
    }

    public long hash() {
        return hash;
    }

    public int steps() {
        return steps;
    }

    String tail() {
        return String.join("\n", last);
    }
}
