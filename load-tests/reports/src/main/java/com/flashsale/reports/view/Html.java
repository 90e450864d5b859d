package com.flashsale.reports.view;

import com.flashsale.reports.plot.Axis;
import com.flashsale.reports.plot.Plot;
import com.flashsale.reports.plot.Plot.Curve;
import com.flashsale.reports.result.Result;
import com.flashsale.reports.result.Result.Latency;
import com.flashsale.reports.result.Result.OperationResult;
import com.flashsale.reports.result.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/** A result as one page. Everything is in it: it opens from a disk without a network. */
public final class Html {

    private static final String STYLE = """
            :root{color-scheme:light dark}
            body{font:15px/1.5 system-ui,sans-serif;max-width:1000px;margin:2rem auto;padding:0 1rem}
            table{border-collapse:collapse;margin:.5rem 0}
            td,th{padding:.2rem .7rem;text-align:right;border-bottom:1px solid #8884}
            td:first-child,th:first-child{text-align:left}pre{white-space:pre-wrap}
            svg{width:100%;height:auto}svg text{font-size:11px;fill:currentColor}.grid{stroke:#8884}
            """;

    static final String BLUE = "#0b6bcb";
    static final String ORANGE = "#c2410c";
    static final String GREEN = "#15803d";
    static final String PURPLE = "#9333ea";
    static final String RED = "#be123c";
    static final String GREY = "#64748b";
    private static final List<String> COLOURS = List.of(BLUE, ORANGE, GREEN, PURPLE, RED, GREY);
    private static final Plot.Area AREA = new Plot.Area(80, 12, 620, 190);

    private final Result result;
    private final StringBuilder page = new StringBuilder(64_000);

    private Html(Result result) {
        this.result = result;
    }

    public static String of(Result result) {
        return new Html(result).page();
    }

    private String page() {
        var title = Plot.escaped(result.setup().kind() + " " + result.setup().story());
        page.append(
                "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>%s</title><style>%s</style><h1>%s</h1>"
                        .formatted(title, STYLE, title));
        head();
        warnings();
        var warmUp = result.findings().warmUp();
        if (warmUp != null) new WarmUpSection(warmUp).addTo(page, AREA);
        result.figures().operations().forEach(this::operation);
        settle();
        queues();
        new Tables(result, page).all();
        return page.append("</html>\n").toString();
    }

    private void head() {
        var machine = result.setup().machine();
        page.append("<p>%s, commit %s%s, %d cores of %s, %.1f GB, %s; %s; machine %.0f %% busy</p>"
                .formatted(
                        result.figures().startedAt(),
                        Plot.escaped(result.setup().code().commit()),
                        result.setup().code().dirty() ? " and what was not committed" : "",
                        machine.cores(),
                        Plot.escaped(machine.model()),
                        machine.ramBytes() / 1e9,
                        Plot.escaped(machine.jdk()),
                        Plot.escaped(result.setup().settings().toString()),
                        result.figures().machineBusyShare() * 100));
    }

    private void warnings() {
        result.findings()
                .warnings()
                .forEach(warning -> page.append("<p><strong>WARNING</strong> ")
                        .append(Plot.escaped(warning))
                        .append("</p>"));
    }

    private void operation(OperationResult operation) {
        page.append("<h2>%s: %.1f accepted a second</h2>".formatted(Plot.escaped(operation.name()), operation.rate()));
        page.append("<p>%s</p><table><tr><th>answers</th><th>count</th><th>p50".formatted(rates(operation))
                + " ms</th><th>p95</th><th>p99</th><th>p99.9</th><th>max</th></tr>");
        row("accepted", operation.accepted());
        row("sold out", operation.soldOut());
        row("refused", operation.refused());
        row("failed", operation.failed());
        page.append("</table><p>")
                .append(Plot.escaped(operation.kinds().toString()))
                .append("</p>");
        new OperationPlots(page, AREA, operation).all();
    }

    /** The times by which the rates divide. */
    private String rates(OperationResult operation) {
        double seconds = result.figures().seconds();
        var planned = result.setup().kind().equals("warm-up")
                ? "A closed loop plans no visits."
                : "Planned: %.0f visits in %.1f s.".formatted(operation.intendedRate() * seconds, seconds);
        var pace = operation.pace();
        if (pace == null) return "Over the planned time. " + planned;
        return ("From the first due request to the last accepted answer: %.1f s. %d requests, %.1f a second while they"
                        + " were due; the injector sent them up to %.1f ms late (p99). %s")
                .formatted(pace.seconds(), pace.requests(), pace.offeredRate(), pace.lateP99(), planned);
    }

    private void row(String name, Latency latency) {
        if (latency.count() == 0) return;
        page.append("<tr><td>%s</td><td>%d</td><td>%.1f</td><td>%.1f</td><td>%.1f</td><td>%.1f</td><td>%.1f</td></tr>"
                .formatted(
                        name,
                        latency.count(),
                        latency.p50(),
                        latency.p95(),
                        latency.p99(),
                        latency.p999(),
                        latency.max()));
    }

    private static Curve curve(String name, String colour, List<Series.Point> points) {
        return new Curve(
                name,
                colour,
                points.stream()
                        .map(point -> new Plot.Point(point.seconds(), point.value()))
                        .toList());
    }

    private void plot(String unit, DoubleFunction<Axis> up, List<Curve> curves) {
        page.append("<h3>%s</h3><svg viewBox='0 0 960 260' role='img' aria-label='%s'>%n".formatted(unit, unit));
        var plot = new Plot(
                page, AREA, Axis.linear(largest(curves, Plot.Point::x)), up.apply(largest(curves, Plot.Point::y)));
        plot.frame("", "seconds from the start");
        curves.forEach(plot::line);
        page.append("</svg>");
    }

    private static double largest(List<Curve> curves, ToDoubleFunction<Plot.Point> coordinate) {
        return curves.stream()
                .flatMap(curve -> curve.points().stream())
                .mapToDouble(coordinate)
                .max()
                .orElse(1);
    }

    private void settle() {
        var settle = result.figures().settle();
        if (settle == null) return;
        page.append("<h2>Settled: %d of %d accepted orders, %.1f a second, %.1f s after the last arrival</h2><table>"
                .formatted(settle.settled(), settle.accepted(), settle.rate(), settle.drainSeconds()));
        row("settled", settle.latency());
        page.append("</table>");
        plot("orders durably decided", Axis::linear, List.of(curve("settled", GREEN, settle.progress())));
    }

    private void queues() {
        var longest = result.figures().queues().stream()
                .sorted(Comparator.comparingDouble(Series::max).reversed())
                .limit(12)
                .toList();
        for (int from = 0; from < longest.size(); from += COLOURS.size()) {
            var curves = new ArrayList<Curve>();
            for (var series : longest.subList(from, Math.min(longest.size(), from + COLOURS.size()))) {
                curves.add(curve(series.name(), COLOURS.get(curves.size()), series.points()));
            }
            page.append("<h2>What waited</h2>");
            plot("waiting, logarithmic", Axis::logarithmic, curves);
        }
    }
}
