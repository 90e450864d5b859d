package com.flashsale.load.workload;

import com.flashsale.load.inject.Intervals.Interval;
import com.flashsale.load.inject.Operation;
import com.flashsale.load.inject.Outcome;
import com.flashsale.reports.result.WarmUpCurve;
import com.flashsale.reports.result.WarmUpCurve.Point;
import java.util.ArrayList;
import org.HdrHistogram.Histogram;

/** From the intervals of an operation to the curve of a warm-up. */
public final class WarmUpCurves {

    private WarmUpCurves() {}

    /**
     * The seconds in which customers were there. If all of them are served before the end, the last two seconds with an
     * answer had fewer customers than the others.
     */
    public static int wholeSeconds(Operation operation, int customers, int planned) {
        return operation.count(Outcome.ACCEPTED) < customers
                ? planned
                : Math.clamp(operation.finished().size() - 2L, 0, planned);
    }

    /** @param seconds whole seconds of the run; answers after them do not count */
    public static WarmUpCurve of(Operation operation, int seconds) {
        var points = new ArrayList<Point>();
        for (int second = 0; second < seconds; second++) {
            var sent = operation.bySecond();
            int accepted =
                    second < operation.finished().size() ? operation.finished().get(second) : 0;
            points.add(
                    second < sent.size()
                            ? point(second, accepted, sent.get(second))
                            : new Point(second, accepted, 0, 0, 0));
        }
        return WarmUpCurve.of(operation.name(), points);
    }

    private static Point point(int second, int accepted, Interval sent) {
        int notAccepted = sent.outcomes().getOrDefault(Outcome.REFUSED, 0)
                + sent.outcomes().getOrDefault(Outcome.FAILED, 0);
        return new Point(second, accepted, notAccepted, millis(sent.times(), 50), millis(sent.times(), 99));
    }

    private static double millis(Histogram micros, double percentile) {
        return micros.getTotalCount() == 0 ? 0 : micros.getValueAtPercentile(percentile) / 1e3;
    }
}
