package com.flashsale.launcher.process;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * How long to wait before a dead process is started again, and when to give up: 1, 2, 4 … seconds up to the longest wait, at most
 * so many starts within the window. A process that has lived for a whole window starts afresh. Not thread-safe: one per watcher.
 */
public final class BackOff {

    /** @param most starts within the window before giving up */
    public record Limits(Duration first, Duration longest, int most, Duration window) {
        public static final Limits USUAL =
                new Limits(Duration.ofSeconds(1), Duration.ofSeconds(30), 10, Duration.ofMinutes(10));
    }

    private final Limits limits;
    private final Deque<Instant> deaths = new ArrayDeque<>();

    public BackOff(Limits limits) {
        this.limits = limits;
    }

    /** The wait before the next start after a death now; empty when it died too often. */
    public Optional<Duration> afterDeathAt(Instant now) {
        while (!deaths.isEmpty() && !deaths.peekFirst().plus(limits.window()).isAfter(now)) {
            deaths.removeFirst();
        }
        deaths.addLast(now);
        if (deaths.size() > limits.most()) {
            return Optional.empty();
        }
        var wait = limits.first();
        for (int i = 1; i < deaths.size() && wait.compareTo(limits.longest()) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return Optional.of(wait.compareTo(limits.longest()) < 0 ? wait : limits.longest());
    }
}
