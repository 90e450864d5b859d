package com.flashsale.reports.plot;

import java.util.ArrayList;
import java.util.List;

/** The scale of an axis: from zero to the largest value, or from one where it is logarithmic. */
public record Axis(double end, List<Double> ticks, boolean logarithmic) {

    private static final int MOST_TICKS = 6;
    private static final double[] ROUND = {1, 2, 5};
    private static final double DECADE = 10;

    /** An axis with ticks at round numbers. */
    public static Axis linear(double largest) {
        double end = Math.max(largest, 1);
        double step = step(end);
        var ticks = new ArrayList<Double>();
        for (double tick = 0; tick <= end; tick += step) ticks.add(tick);
        return new Axis(end, ticks, false);
    }

    /** An axis with ticks at powers of ten. Values below one stand at its beginning. */
    public static Axis logarithmic(double largest) {
        double end = Math.max(largest, DECADE);
        var ticks = new ArrayList<Double>();
        for (double tick = 1; tick <= end; tick *= DECADE) ticks.add(tick);
        return new Axis(end, ticks, true);
    }

    private static double step(double largest) {
        for (double magnitude = 1; ; magnitude *= DECADE) {
            for (double round : ROUND) {
                if (round * magnitude * MOST_TICKS >= largest) return round * magnitude;
            }
        }
    }

    /** The place of a value, from 0 at the beginning of the axis to 1 at its end. */
    double share(double value) {
        double share = logarithmic ? Math.log(Math.max(1, value)) / Math.log(end) : value / end;
        return Math.clamp(share, 0, 1);
    }
}
