package com.flashsale.load.workload;

import com.flashsale.load.observe.SettleWatch.Observation;
import com.flashsale.reports.result.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.HdrHistogram.Histogram;

/** Computes how long each order took to settle, from reads of the stock and the decided orders. */
public final class Settling {

    private static final long LONGEST_MICROS = 600_000_000;
    private static final long MICRO = 1_000;
    private static final double SECOND = 1e9;

    private Settling() {}

    /**
     * The n-th decided order was settled when a read first saw n decisions.
     *
     * @param due when each accepted order's request was due
     */
    public static Histogram latencies(List<Observation> observations, List<UUID> decided, Map<UUID, Long> due) {
        var micros = new Histogram(LONGEST_MICROS, 3);
        int observation = 0;
        for (int n = 0; n < decided.size(); n++) {
            while (observation < observations.size()
                    && observations.get(observation).settled() <= n) observation++;
            if (observation == observations.size()) break;
            var from = due.get(decided.get(n));
            if (from != null) {
                micros.recordValue(
                        Math.clamp((observations.get(observation).nanos() - from) / MICRO, 0, LONGEST_MICROS));
            }
        }
        return micros;
    }

    /** Decisions per second between the first and the last one. */
    public static double rate(List<Observation> observations) {
        var growing = observations.stream()
                .filter(observation -> observation.settled() > 0)
                .toList();
        if (growing.size() < 2) return 0;
        double seconds = (growing.getLast().nanos() - growing.getFirst().nanos()) / SECOND;
        return (growing.getLast().settled() - growing.getFirst().settled()) / seconds;
    }

    /** At most a few hundred points, for a plot. */
    public static List<Series.Point> progress(List<Observation> observations, long start) {
        var points = new ArrayList<Series.Point>();
        int step = Math.max(1, observations.size() / 300);
        for (int i = 0; i < observations.size(); i += step) points.add(point(observations.get(i), start));
        if (!observations.isEmpty()) points.add(point(observations.getLast(), start));
        return points;
    }

    private static Series.Point point(Observation observation, long start) {
        return new Series.Point((observation.nanos() - start) / SECOND, observation.settled());
    }
}
