package com.flashsale.reports.result;

import java.util.List;

/** A figure over time, in seconds from the start of the run. */
public record Series(String name, String unit, List<Point> points) {

    public record Point(double seconds, double value) {}

    public double max() {
        return points.stream().mapToDouble(Point::value).max().orElse(0);
    }

    public double mean() {
        return points.stream().mapToDouble(Point::value).average().orElse(0);
    }

    /** How much it grows in a second: the slope of the line of least squares through the points from here on. */
    public double slopeFrom(double seconds) {
        var tail = points.stream().filter(point -> point.seconds() >= seconds).toList();
        double meanTime = tail.stream().mapToDouble(Point::seconds).average().orElse(0);
        double meanValue = tail.stream().mapToDouble(Point::value).average().orElse(0);
        double above = 0;
        double below = 0;
        for (var point : tail) {
            above += (point.seconds() - meanTime) * (point.value() - meanValue);
            below += (point.seconds() - meanTime) * (point.seconds() - meanTime);
        }
        return below == 0 ? 0 : above / below;
    }
}
