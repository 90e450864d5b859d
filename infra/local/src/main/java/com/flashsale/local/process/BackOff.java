package com.flashsale.local.process;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The waits before a dead process is started again: 1, 2, 4 … seconds up to the longest wait. After too many deaths
 * within the window, the cause is one that time alone rarely cures. The process is then tried slowly, until it has
 * lived for a whole window.
 */
public final class BackOff {

    /**
     * @param most starts within the window that are tried quickly
     * @param slow the wait after that
     */
    public record Limits(Duration first, Duration longest, int most, Duration window, Duration slow) {
        public static final Limits USUAL = new Limits(
                Duration.ofSeconds(1), Duration.ofSeconds(30), 10, Duration.ofMinutes(10), Duration.ofMinutes(1));
    }

    /** @param isSlow it has died too often */
    public record Next(Duration pause, boolean isSlow) {}

    private final Limits limits;
    private final Deque<Instant> deaths = new ArrayDeque<>();
    private boolean slow;

    public BackOff(Limits limits) {
        this.limits = limits;
    }

    /** Forgets the deaths after a person has restarted the process. */
    public synchronized void forgive() {
        deaths.clear();
    }

    /** The next start after a death now. */
    public synchronized Next afterDeathAt(Instant now) {
        while (!deaths.isEmpty() && !deaths.peekFirst().plus(limits.window()).isAfter(now)) {
            deaths.removeFirst();
        }
        // deaths that come slowly are still fewer than the window allows
        slow = !deaths.isEmpty() && (slow || deaths.size() >= limits.most());
        deaths.addLast(now);
        if (slow) {
            return new Next(limits.slow(), true);
        }
        var wait = limits.first();
        for (int i = 1; i < deaths.size() && wait.compareTo(limits.longest()) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return new Next(wait.compareTo(limits.longest()) < 0 ? wait : limits.longest(), false);
    }
}
