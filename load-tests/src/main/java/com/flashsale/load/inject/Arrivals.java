package com.flashsale.load.inject;

import java.time.Duration;
import java.util.Arrays;

/**
 * The times at which visitors arrive, fixed before the first one comes: an open model. As in a real crowd, a slow
 * response delays no arrival.
 *
 * @param offsets nanoseconds from the start, ascending
 */
public record Arrivals(long[] offsets, Duration length) {

    private static final double SECOND = 1e9;

    /** Arrivals at even intervals. */
    public static Arrivals constant(double rate, Duration length) {
        return wave(rate, rate, length, length);
    }

    /** All visitors evenly within a short time. */
    public static Arrivals within(int count, Duration moment) {
        var offsets = new long[count];
        Arrays.setAll(offsets, n -> (long) ((double) moment.toNanos() * n / Math.max(1, count)));
        return new Arrivals(offsets, moment);
    }

    /** Arrivals whose rate swings from low to high and back once in each period, beginning low. */
    public static Arrivals wave(double low, double high, Duration period, Duration length) {
        double mean = (low + high) / 2;
        double swing = (high - low) / 2;
        double angular = 2 * Math.PI / (period.toNanos() / SECOND);
        double seconds = length.toNanos() / SECOND;
        var offsets = new long[(int) Math.round(arrivedUntil(seconds, mean, swing, angular))];
        double time = 0;
        for (int n = 0; n < offsets.length; n++) {
            time = timeOf(n, time, mean, swing, angular);
            offsets[n] = (long) (time * SECOND);
        }
        return new Arrivals(offsets, length);
    }

    /** The integral of the rate mean - swing cos(angular t). */
    private static double arrivedUntil(double time, double mean, double swing, double angular) {
        return mean * time - swing / angular * Math.sin(angular * time);
    }

    /** Newton's method from the arrival before: between two arrivals the rate changes little. */
    // five numbers of one curve
    private static double timeOf(int n, double from, double mean, double swing, double angular) {
        double time = from;
        for (int step = 0; step < 20; step++) {
            double missing = n - arrivedUntil(time, mean, swing, angular);
            if (Math.abs(missing) < 1e-6) break;
            time += missing / Math.max(mean / 100, mean - swing * Math.cos(angular * time));
        }
        return Math.max(from, time);
    }

    /** These arrivals, followed by the others when the time of these is over. */
    public Arrivals then(Arrivals others) {
        var all = Arrays.copyOf(offsets, count() + others.count());
        Arrays.setAll(all, n -> n < count() ? offsets[n] : length.toNanos() + others.offsets[n - count()]);
        return new Arrivals(all, length.plus(others.length));
    }

    public int count() {
        return offsets.length;
    }

    public double rate() {
        return count() / (length.toNanos() / SECOND);
    }
}
