package com.flashsale.customers.demo;

import java.time.Duration;
import java.util.List;

/** Of one step: how long half of the shoppers waited at most, and nineteen of twenty. */
record Percentiles(int count, long p50Millis, long p95Millis) {

    static Percentiles of(List<Duration> times) {
        var sorted = times.stream().map(Duration::toMillis).sorted().toList();
        return new Percentiles(sorted.size(), at(sorted, 0.50), at(sorted, 0.95));
    }

    /** Nearest rank. */
    private static long at(List<Long> sorted, double rank) {
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.ceil(rank * sorted.size()) - 1);
    }
}
