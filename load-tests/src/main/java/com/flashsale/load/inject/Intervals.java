package com.flashsale.load.inject;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** The requests of one kind by the interval in which they were due. Used by one thread. */
public final class Intervals {

    static final long TENTH = 100_000_000;

    /** Ten seconds. A histogram takes 20 KiB, and a longer run has enough points with one for each second. */
    static final int MOST_TENTHS = 100;

    private static final long LONGEST_MICROS = 120_000_000;
    private static final int COARSE = 2;

    /** The requests due in one interval: their number by outcome, microseconds of the accepted. */
    public record Interval(Map<Outcome, Integer> outcomes, Histogram times) {
        Interval() {
            this(new EnumMap<>(Outcome.class), new Histogram(LONGEST_MICROS, COARSE));
        }
    }

    private final long width;
    private final int most;
    private final List<Interval> intervals = new ArrayList<>();
    private boolean exceeded;

    /**
     * @param width nanoseconds of an interval
     * @param most intervals that are kept; a later request empties the list
     */
    Intervals(long width, int most) {
        this.width = width;
        this.most = most;
    }

    /** @param due nanoseconds from the start of the run; a negative time counts as the start */
    void add(long due, Outcome outcome, long micros) {
        long index = Math.max(0, due / width);
        if (index >= most) {
            exceeded = true;
            intervals.clear();
        }
        if (exceeded) return;
        while (intervals.size() <= index) intervals.add(new Interval());
        var interval = intervals.get((int) index);
        interval.outcomes().merge(outcome, 1, Integer::sum);
        if (outcome == Outcome.ACCEPTED) interval.times().recordValue(Math.min(micros, LONGEST_MICROS));
    }

    List<Interval> all() {
        return intervals;
    }
}
