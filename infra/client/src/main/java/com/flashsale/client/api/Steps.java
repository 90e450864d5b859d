package com.flashsale.client.api;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** How long each step of one purchase took, as the shopper felt it. One per shopper, used by one thread. */
public final class Steps {

    public enum Step {
        JOIN,
        TURN,
        RESERVE,
        PAY
    }

    private final Map<Step, Duration> times = new EnumMap<>(Step.class);

    /** Adds the time since {@code begun}, a value of {@link System#nanoTime()}. */
    public void took(Step step, long begun) {
        times.merge(step, Duration.ofNanos(System.nanoTime() - begun), Duration::plus);
    }

    public Map<Step, Duration> times() {
        return Map.copyOf(times);
    }
}
