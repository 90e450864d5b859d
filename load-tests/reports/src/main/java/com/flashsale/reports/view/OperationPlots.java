package com.flashsale.reports.view;

import com.flashsale.reports.plot.Axis;
import com.flashsale.reports.plot.Plot;
import com.flashsale.reports.plot.Plot.Curve;
import com.flashsale.reports.result.Result.OperationResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The requests of one kind over time: bars of their outcomes and points of their latencies, since a value belongs to an
 * interval and not to a moment. An interval is a tenth of a second if all requests were due within ten seconds, else a
 * second.
 */
final class OperationPlots {

    private static final double TENTHS_IN_SECOND = 10;

    /** From here on, a line through the latencies is easier to read than points. */
    private static final int LINE = 30;

    private record Bar(double from, double to, int accepted, int soldOut, int refused, int failed, Quantiles millis) {}

    private record Quantiles(double p50, double p99) {}

    private final StringBuilder page;
    private final Plot.Area area;
    private final List<Bar> bars;
    private final String interval;

    OperationPlots(StringBuilder page, Plot.Area area, OperationResult operation) {
        this.page = page;
        this.area = area;
        this.bars = operation.tenths().isEmpty() ? seconds(operation) : tenths(operation);
        this.interval = operation.tenths().isEmpty() ? "second" : "100 ms";
    }

    private static List<Bar> seconds(OperationResult operation) {
        return operation.seconds().stream()
                .map(row -> new Bar(
                        row.second(),
                        row.second() + 1,
                        row.accepted(),
                        row.soldOut(),
                        row.refused(),
                        row.failed(),
                        new Quantiles(row.p50(), row.p99())))
                .toList();
    }

    private static List<Bar> tenths(OperationResult operation) {
        return operation.tenths().stream()
                .map(row -> new Bar(
                        row.tenth() / TENTHS_IN_SECOND,
                        (row.tenth() + 1) / TENTHS_IN_SECOND,
                        row.accepted(),
                        row.soldOut(),
                        row.refused(),
                        row.failed(),
                        new Quantiles(row.p50(), row.p99())))
                .toList();
    }

    void all() {
        outcomes();
        latencies();
    }

    /** Bands one over another, the largest first: each hides the lower part of the one before. */
    private void outcomes() {
        ToDoubleFunction<Bar> accepted = Bar::accepted;
        ToDoubleFunction<Bar> andSoldOut = bar -> bar.accepted() + bar.soldOut();
        ToDoubleFunction<Bar> andRefused = bar -> andSoldOut.applyAsDouble(bar) + bar.refused();
        ToDoubleFunction<Bar> all = bar -> andRefused.applyAsDouble(bar) + bar.failed();
        var plot = begin("requests due in each " + interval + ", by their answers", Axis.linear(largest(all)));
        plot.band(band("failed", Html.RED, all));
        plot.band(band("refused", Html.ORANGE, andRefused));
        plot.band(band("sold out", Html.GREY, andSoldOut));
        plot.band(band("accepted", Html.GREEN, accepted));
        page.append("</svg>");
    }

    private Curve band(String name, String colour, ToDoubleFunction<Bar> height) {
        var points = new ArrayList<Plot.Point>();
        for (var bar : bars) points.add(new Plot.Point(bar.from(), height.applyAsDouble(bar)));
        if (!bars.isEmpty())
            points.add(new Plot.Point(bars.getLast().to(), points.getLast().y()));
        return new Curve(name, colour, points);
    }

    private void latencies() {
        var plot = begin(
                "milliseconds from when a request was due, of each " + interval + ", logarithmic",
                Axis.logarithmic(largest(bar -> bar.millis().p99())));
        var p50 = quantile("p50", Html.BLUE, bar -> bar.millis().p50());
        var p99 = quantile("p99", Html.PURPLE, bar -> bar.millis().p99());
        for (var curve : List.of(p50, p99)) {
            if (curve.points().size() < LINE) plot.dots(curve);
            else plot.line(curve);
        }
        page.append("</svg>");
    }

    /** In the middle of each interval that has an accepted request. */
    private Curve quantile(String name, String colour, ToDoubleFunction<Bar> millis) {
        return new Curve(
                name,
                colour,
                bars.stream()
                        .filter(bar -> bar.accepted() > 0)
                        .map(bar -> new Plot.Point((bar.from() + bar.to()) / 2, millis.applyAsDouble(bar)))
                        .toList());
    }

    private Plot begin(String title, Axis up) {
        page.append("<h3>%s</h3><svg viewBox='0 0 960 260' role='img' aria-label='%s'>%n".formatted(title, title));
        var plot = new Plot(page, area, Axis.linear(largest(Bar::to)), up);
        plot.frame("", "seconds from the start");
        return plot;
    }

    private double largest(ToDoubleFunction<Bar> figure) {
        return bars.stream().mapToDouble(figure).max().orElse(1);
    }
}
