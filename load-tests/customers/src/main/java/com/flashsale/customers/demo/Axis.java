package com.flashsale.customers.demo;

import java.util.ArrayList;
import java.util.List;

/** From zero to a bit beyond the largest value, with ticks at round numbers. */
record Axis(double end, double step) {

    private static final int MOST_TICKS = 6;
    private static final double[] ROUND = {1, 2, 5};

    static Axis of(double largest) {
        double needed = Math.max(largest, 1);
        double step = step(needed);
        return new Axis(Math.max(needed, 1), step);
    }

    private static double step(double largest) {
        for (double magnitude = 1; ; magnitude *= 10) {
            for (double round : ROUND) {
                if (round * magnitude * MOST_TICKS >= largest) return round * magnitude;
            }
        }
    }

    List<Double> ticks() {
        var ticks = new ArrayList<Double>();
        for (double tick = 0; tick <= end; tick += step) {
            ticks.add(tick);
        }
        return ticks;
    }
}
