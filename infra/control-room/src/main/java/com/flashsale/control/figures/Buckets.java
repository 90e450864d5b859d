package com.flashsale.control.figures;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Quantiles of a histogram between two readings of its cumulative buckets. */
public final class Buckets {

    private Buckets() {}

    /**
     * The growth of each bucket. A counter that fell belongs to a process that started again: its whole value is new.
     */
    public static Map<Double, Double> growth(Map<Double, Double> before, Map<Double, Double> now) {
        var growth = new TreeMap<Double, Double>();
        boolean restarted = now.entrySet().stream()
                .anyMatch(bucket -> bucket.getValue() < before.getOrDefault(bucket.getKey(), 0.0));
        now.forEach((bound, count) -> growth.put(bound, restarted ? count : count - before.getOrDefault(bound, 0.0)));
        return growth;
    }

    /**
     * Interpolated within its bucket, as Prometheus does it; the largest finite bound if it lies beyond.
     *
     * @param quantile between 0 and 1
     * @return in the unit of the bounds; null without an observation
     */
    public static @Nullable Double quantile(Map<Double, Double> cumulative, double quantile) {
        var buckets = new TreeMap<>(cumulative);
        double all = buckets.isEmpty() ? 0 : buckets.lastEntry().getValue();
        if (all <= 0) return null;
        double rank = quantile * all;
        double lower = 0;
        double below = 0;
        for (var bucket : buckets.entrySet()) {
            double bound = bucket.getKey();
            if (bucket.getValue() >= rank) {
                if (Double.isInfinite(bound)) return lower;
                double within = bucket.getValue() - below;
                return within <= 0 ? bound : lower + (bound - lower) * (rank - below) / within;
            }
            lower = Double.isInfinite(bound) ? lower : bound;
            below = bucket.getValue();
        }
        return lower;
    }
}
