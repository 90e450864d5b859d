package com.flashsale.reports.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one kind of request becomes faster while a platform is young, second by second.
 *
 * @param firstTen accepted answers a second in the first ten seconds
 * @param finalRate accepted answers a second in the last ten seconds
 * @param secondsToMost the first second from which {@link #WINDOW} seconds have at least 80 % of the final rate; null
 *     for a curve that is shorter than twice ten seconds
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WarmUpCurve(
        String operation,
        double firstTen,
        double finalRate,
        @Nullable Integer secondsToMost,
        List<Point> points) {

    /**
     * @param second from the first request
     * @param accepted answers that arrived in this second
     * @param notAccepted refused and failed requests that were sent in this second
     * @param p99 of the accepted that were sent in this second, in milliseconds; 0 without any
     */
    public record Point(int second, int accepted, int notAccepted, double p50, double p99) {}

    /** In seconds: one second alone may be lucky. */
    static final int WINDOW = 3;

    private static final int TEN = 10;
    private static final double MOST = 0.8;

    public static WarmUpCurve of(String operation, List<Point> points) {
        double finalRate = rate(points, points.size() - TEN, points.size());
        return new WarmUpCurve(
                operation,
                rate(points, 0, TEN),
                finalRate,
                isShort(points) ? null : reached(points, 0, finalRate * MOST),
                List.copyOf(points));
    }

    /** Whether the first and the last ten seconds are partly the same. */
    public static boolean isShort(List<Point> points) {
        return points.size() < 2 * TEN;
    }

    /** The first second, from {@code from} on, at which the window has the wanted rate; null if there is none. */
    static @Nullable Integer reached(List<Point> points, int from, double wanted) {
        for (int second = from; second + WINDOW <= points.size(); second++) {
            if (rate(points, second, second + WINDOW) >= wanted) return second;
        }
        return null;
    }

    /** Accepted answers a second, of the seconds that exist. */
    static double rate(List<Point> points, int from, int to) {
        return points.subList(Math.max(0, from), Math.min(to, points.size())).stream()
                .mapToInt(Point::accepted)
                .average()
                .orElse(0);
    }
}
