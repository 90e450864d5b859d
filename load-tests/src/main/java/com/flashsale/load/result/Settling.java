package com.flashsale.load.result;

import com.flashsale.load.observe.Series;
import com.flashsale.load.observe.SettleWatch.Look;
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
    public static Histogram latencies(List<Look> looks, List<UUID> decided, Map<UUID, Long> due) {
        var micros = new Histogram(LONGEST_MICROS, 3);
        int look = 0;
        for (int n = 0; n < decided.size(); n++) {
            while (look < looks.size() && looks.get(look).settled() <= n) look++;
            if (look == looks.size()) break;
            var from = due.get(decided.get(n));
            if (from != null) {
                micros.recordValue(Math.clamp((looks.get(look).nanos() - from) / MICRO, 0, LONGEST_MICROS));
            }
        }
        return micros;
    }

    /** Decisions per second between the first and the last one. */
    public static double rate(List<Look> looks) {
        var growing = looks.stream().filter(look -> look.settled() > 0).toList();
        if (growing.size() < 2) return 0;
        double seconds = (growing.getLast().nanos() - growing.getFirst().nanos()) / SECOND;
        return (growing.getLast().settled() - growing.getFirst().settled()) / seconds;
    }

    /** At most a few hundred points, for a plot. */
    public static List<Series.Point> progress(List<Look> looks, long start) {
        var points = new ArrayList<Series.Point>();
        int step = Math.max(1, looks.size() / 300);
        for (int i = 0; i < looks.size(); i += step) points.add(point(looks.get(i), start));
        if (!looks.isEmpty()) points.add(point(looks.getLast(), start));
        return points;
    }

    private static Series.Point point(Look look, long start) {
        return new Series.Point((look.nanos() - start) / SECOND, look.settled());
    }
}
