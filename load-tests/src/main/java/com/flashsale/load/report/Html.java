package com.flashsale.load.report;

import com.flashsale.load.observe.Series;
import com.flashsale.load.report.Plot.Line;
import com.flashsale.load.result.Result;
import com.flashsale.load.result.Result.Latency;
import com.flashsale.load.result.Result.OperationResult;
import com.flashsale.load.result.Result.Second;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** A result as one page. Everything is in it: it opens from a disk without a network. */
public final class Html {

    private static final String STYLE = """
        :root{color-scheme:light dark;--a:#0b6bcb;--b:#c2410c;--c:#15803d;--d:#9333ea;--e:#be123c;--f:#64748b}
        body{font:15px/1.5 system-ui,sans-serif;max-width:1000px;margin:2rem auto;padding:0 1rem}
        table{border-collapse:collapse;margin:.5rem 0}td,th{padding:.2rem .7rem;text-align:right;border-bottom:1px solid #8884}
        td:first-child,th:first-child{text-align:left}svg{width:100%;height:auto}svg text{font-size:11px;fill:currentColor}
        .grid{stroke:#8884}polyline{fill:none;stroke-width:1.6}.legend span{margin-right:1rem}pre{white-space:pre-wrap}
        polyline.a{stroke:var(--a)}polyline.b{stroke:var(--b)}polyline.c{stroke:var(--c)}polyline.d{stroke:var(--d)}
        polyline.e{stroke:var(--e)}polyline.f{stroke:var(--f)}span.a{color:var(--a)}span.b{color:var(--b)}
        span.c{color:var(--c)}span.d{color:var(--d)}span.e{color:var(--e)}span.f{color:var(--f)}
        """;
    private static final List<String> COLOURS = List.of("a", "b", "c", "d", "e", "f");

    private final Result result;
    private final StringBuilder page = new StringBuilder(64_000);

    private Html(Result result) {
        this.result = result;
    }

    public static String of(Result result) {
        return new Html(result).page();
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private String page() {
        var title = escape(result.setup().kind() + " " + result.setup().story());
        page.append(
                "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>%s</title><style>%s</style><h1>%s</h1>"
                        .formatted(title, STYLE, title));
        head();
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
                        escape(result.setup().code().commit()),
                        result.setup().code().dirty() ? " and what was not committed" : "",
                        machine.cores(),
                        escape(machine.model()),
                        machine.ramBytes() / 1e9,
                        escape(machine.jdk()),
                        escape(result.setup().settings().toString()),
                        result.figures().machineBusyShare() * 100));
    }

    private void operation(OperationResult operation) {
        page.append("<h2>%s: %.1f of %.1f a second</h2>"
                .formatted(escape(operation.name()), operation.rate(), operation.intendedRate()));
        page.append("<table><tr><th>answers</th><th>count</th><th>p50"
                + " ms</th><th>p95</th><th>p99</th><th>p99.9</th><th>max</th></tr>");
        row("accepted", operation.accepted());
        row("sold out", operation.soldOut());
        row("refused", operation.refused());
        row("failed", operation.failed());
        page.append("</table><p>").append(escape(operation.kinds().toString())).append("</p>");
        var seconds = operation.seconds();
        page.append(Plot.linear(
                "answers a second, by when they were due",
                List.of(
                        line("accepted", "c", seconds, Second::accepted),
                        line("sold out", "f", seconds, Second::soldOut),
                        line("refused", "b", seconds, Second::refused),
                        line("failed", "e", seconds, Second::failed))));
        page.append(Plot.logarithmic(
                "milliseconds from when a request was due",
                List.of(line("p50", "a", seconds, Second::p50), line("p99", "d", seconds, Second::p99))));
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

    private static Line line(String name, String css, List<Second> seconds, ToDoubleFunction<Second> figure) {
        return new Line(
                name,
                css,
                seconds.stream()
                        .map(second -> new Series.Point(second.second(), figure.applyAsDouble(second)))
                        .toList());
    }

    private void settle() {
        var settle = result.figures().settle();
        if (settle == null) return;
        page.append("<h2>Settled: %d of %d accepted orders, %.1f a second, %.1f s after the last arrival</h2><table>"
                .formatted(settle.settled(), settle.accepted(), settle.rate(), settle.drainSeconds()));
        row("settled", settle.latency());
        page.append("</table>")
                .append(Plot.linear("orders durably decided", List.of(new Line("settled", "c", settle.progress()))));
    }

    private void queues() {
        var longest = result.figures().queues().stream()
                .sorted(Comparator.comparingDouble(Series::max).reversed())
                .limit(12)
                .toList();
        for (int from = 0; from < longest.size(); from += COLOURS.size()) {
            var lines = new ArrayList<Line>();
            for (var series : longest.subList(from, Math.min(longest.size(), from + COLOURS.size()))) {
                lines.add(new Line(series.name(), COLOURS.get(lines.size()), series.points()));
            }
            page.append("<h2>What waited</h2>").append(Plot.logarithmic("waiting", lines));
        }
    }
}
