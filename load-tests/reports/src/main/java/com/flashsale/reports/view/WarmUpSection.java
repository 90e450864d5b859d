package com.flashsale.reports.view;

import com.flashsale.reports.plot.Axis;
import com.flashsale.reports.plot.Plot;
import com.flashsale.reports.plot.Plot.Curve;
import com.flashsale.reports.result.WarmUpCurve;
import com.flashsale.reports.result.WarmUpCurve.Point;
import com.flashsale.reports.result.WarmUpReport;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.ToDoubleFunction;

/** The curves of a warm-up, in lines for a terminal and as a part of the page. */
final class WarmUpSection {

    private static final List<String> COLOURS = List.of(Html.BLUE, Html.ORANGE, Html.GREEN, Html.PURPLE);

    private final WarmUpReport report;

    WarmUpSection(WarmUpReport report) {
        this.report = report;
    }

    /** One line for each second, then the figures of the whole. */
    void addTo(StringJoiner text) {
        var head = new StringBuilder("  second");
        for (var curve : report.curves()) {
            head.append("  %10s/s   p50 ms   p99 ms  not acc".formatted(curve.operation()));
        }
        text.add(head);
        int seconds = report.curves().stream()
                .mapToInt(curve -> curve.points().size())
                .max()
                .orElse(0);
        for (int second = 0; second < seconds; second++) text.add(line(second));
        summary().forEach(line -> text.add("  " + line));
    }

    private String line(int second) {
        var line = new StringBuilder("  %6d".formatted(second));
        for (var curve : report.curves()) {
            var point = curve.points().get(second);
            line.append("  %12d %8.1f %8.1f %8d"
                    .formatted(point.accepted(), point.p50(), point.p99(), point.notAccepted()));
        }
        return line.toString();
    }

    private List<String> summary() {
        var lines = new ArrayList<String>();
        var since = report.sinceReady();
        lines.add("%d customers at once; the first request came %s"
                .formatted(
                        report.atOnce(),
                        since == null ? "at an unknown time after READY" : "%.1f s after READY".formatted(since)));
        for (var curve : report.curves()) {
            var most = curve.secondsToMost();
            lines.add("%s: %.1f/s in the first ten seconds, %.1f/s in the last ten; 80 %% of that %s"
                    .formatted(
                            curve.operation(),
                            curve.firstTen(),
                            curve.finalRate(),
                            most == null ? missing(curve) : "from second " + most));
        }
        addRestart(lines);
        return lines;
    }

    private static String missing(WarmUpCurve curve) {
        return WarmUpCurve.isShort(curve.points()) ? "unknown, the curve is too short" : "not reached";
    }

    private void addRestart(List<String> lines) {
        var restart = report.restart();
        if (restart == null) return;
        var ready = restart.ready();
        lines.add("%s was killed in second %.1f, and its next process was ready %s"
                .formatted(
                        restart.replica(),
                        restart.killed(),
                        ready == null ? "after the end" : "in second %.1f".formatted(ready)));
        for (var recovery : restart.recoveries()) {
            var most = recovery.secondsToMost();
            lines.add("%s: %.1f/s before the kill; 80 %% of that %s"
                    .formatted(
                            recovery.operation(),
                            recovery.before(),
                            most == null ? "not reached again" : "%d s after the kill".formatted(most)));
        }
    }

    void addTo(StringBuilder page, Plot.Area area) {
        page.append("<h2>Warm-up</h2><ul>");
        summary().forEach(line -> page.append("<li>").append(Plot.escaped(line)).append("</li>"));
        page.append("</ul>");
        plot(page, area, "accepted answers in each second", false, Point::accepted);
        plot(page, area, "p99 of the requests sent in each second, milliseconds, logarithmic", true, Point::p99);
    }

    private void plot(
            StringBuilder page, Plot.Area area, String title, boolean logarithmic, ToDoubleFunction<Point> figure) {
        page.append("<h3>%s</h3><svg viewBox='0 0 960 260' role='img' aria-label='%s'>%n".formatted(title, title));
        double most = report.curves().stream()
                .flatMap(curve -> curve.points().stream())
                .mapToDouble(figure)
                .max()
                .orElse(1);
        int seconds = report.curves().stream()
                .mapToInt(curve -> curve.points().size())
                .max()
                .orElse(1);
        var plot = new Plot(page, area, Axis.linear(seconds), logarithmic ? Axis.logarithmic(most) : Axis.linear(most));
        plot.frame("", "seconds from the first request");
        for (var curve : report.curves()) plot.line(curve(curve, figure, plotColour(curve)));
        page.append("</svg>");
    }

    private String plotColour(WarmUpCurve curve) {
        return COLOURS.get(report.curves().indexOf(curve) % COLOURS.size());
    }

    /** In the middle of each second. */
    private static Curve curve(WarmUpCurve curve, ToDoubleFunction<Point> figure, String colour) {
        return new Curve(
                curve.operation(),
                colour,
                curve.points().stream()
                        .map(point -> new Plot.Point(point.second() + 0.5, figure.applyAsDouble(point)))
                        .toList());
    }
}
