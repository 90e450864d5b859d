package com.flashsale.reports.law;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The line of least squares through points, with the usual intervals of a simple linear regression (Draper and Smith,
 * "Applied Regression Analysis", 3rd edition, chapters 1 and 3). They assume that the points scatter about a line
 * independently and evenly.
 */
final class Line {

    /** Student's t for a two-sided 95 % interval, by degrees of freedom from 1 on. */
    private static final double[] STUDENT = {
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
        2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042
    };

    private final int count;
    private final double meanX;
    private final double meanY;
    private final double spread;
    private final double slope;
    private final double residual;

    /** @throws IllegalArgumentException for fewer than three points, or points of one {@code x} */
    Line(double[] x, double[] y) {
        count = x.length;
        meanX = Arrays.stream(x).average().orElse(0);
        meanY = Arrays.stream(y).average().orElse(0);
        double both = 0;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            both += (x[i] - meanX) * (y[i] - meanY);
            squares += (x[i] - meanX) * (x[i] - meanX);
        }
        if (count < 3 || squares == 0) throw new IllegalArgumentException("no line through " + Arrays.toString(x));
        spread = squares;
        slope = both / spread;
        double left = 0;
        for (int i = 0; i < count; i++) left += Math.pow(y[i] - at(x[i]), 2);
        residual = Math.sqrt(left / (count - 2));
    }

    double at(double x) {
        return meanY + slope * (x - meanX);
    }

    double slope() {
        return slope;
    }

    /** Half of the 95 % interval. */
    double slopeMargin() {
        return student() * residual / Math.sqrt(spread);
    }

    double intercept() {
        return at(0);
    }

    /** Half of the 95 % interval. */
    double interceptMargin() {
        return student() * residual * Math.sqrt(1.0 / count + meanX * meanX / spread);
    }

    /** Standard error of the points about the line, in the unit of {@code y}. */
    double residual() {
        return residual;
    }

    private double student() {
        return STUDENT[Math.min(STUDENT.length, count - 2) - 1];
    }

    /**
     * The {@code x} at which the line reaches a height, with Fieller's 95 % interval ("Some Problems in Interval
     * Estimation", Journal of the Royal Statistical Society B 16, 1954); null if the line does not surely rise.
     */
    @Nullable
    Prediction reaching(double y) {
        double t = student() * residual;
        double certain = slope * slope - t * t / spread;
        if (slope <= 0 || certain <= 0) return null;
        double above = y - meanY;
        double root = t * Math.sqrt(above * above / spread + certain / count);
        return new Prediction(
                meanX + above / slope,
                meanX + (slope * above - root) / certain,
                meanX + (slope * above + root) / certain);
    }
}
