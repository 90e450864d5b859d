package com.flashsale.reports.view;

import com.flashsale.reports.plot.Plot;
import com.flashsale.reports.result.LimitResult;
import com.flashsale.reports.result.Result;

/** The second half of the page: the results without a time axis. */
final class Tables {

    private final Result result;
    private final StringBuilder page;

    Tables(Result result, StringBuilder page) {
        this.result = result;
        this.page = page;
    }

    void all() {
        limits();
        raw();
        var costs = result.figures().costs();
        if (costs != null) new CostTable(costs).addTo(page);
        processes();
        checks();
        if (result.findings().audit() != null) {
            page.append("<h2>Audit: %s</h2><pre>%s</pre>"
                    .formatted(
                            result.findings().audit().green() ? "green" : "RED",
                            Plot.escaped(result.findings().audit().text())));
        }
    }

    private void limits() {
        if (result.findings().limits().isEmpty()) return;
        page.append("<h2>Limits</h2><table><tr><th>operation</th><th>median"
                + " /s</th><th>min</th><th>max</th><th>bottleneck</th></tr>");
        for (var limit : result.findings().limits()) {
            page.append("<tr><td>%s</td><td>%.0f</td><td>%.0f</td><td>%.0f</td><td>%s</td></tr>"
                    .formatted(
                            limit.operation(),
                            limit.median(),
                            limit.min(),
                            limit.max(),
                            Plot.escaped(limit.bottleneck())));
        }
        page.append("</table>");
        for (var limit : result.findings().limits()) {
            LawSection.addTo(page, limit);
            trials(limit);
        }
    }

    private void trials(LimitResult limit) {
        page.append("<details><summary>Trials of %s</summary><table>".formatted(limit.operation())
                + "<tr><th>run</th><th>rate</th><th>held</th><th>p99 ms</th><th>why</th></tr>");
        for (var trial : limit.trials()) {
            page.append("<tr><td>%d</td><td>%.0f</td><td>%s</td><td>%.0f</td><td>%s<br>%s</td></tr>"
                    .formatted(
                            trial.run(),
                            trial.rate(),
                            trial.held() ? "yes" : "no",
                            trial.latency().p99(),
                            Plot.escaped(String.join(", ", trial.reasons())),
                            Plot.escaped(trial.evidence())));
        }
        page.append("</table></details>");
    }

    private void raw() {
        if (result.findings().raw().isEmpty()) return;
        page.append("<h2>By itself</h2><table><tr><th>what</th><th>figure</th><th>mean ms</th><th>how</th></tr>");
        for (var raw : result.findings().raw()) {
            page.append("<tr><td>%s</td><td>%s</td><td>%.2f</td><td>%s</td></tr>"
                    .formatted(
                            Plot.escaped(raw.name()),
                            Text.amount(raw).strip(),
                            raw.meanMillis(),
                            Plot.escaped(raw.note())));
        }
        page.append("</table>");
    }

    private void processes() {
        if (result.figures().processes().isEmpty()) return;
        page.append("<h2>Processor and memory</h2><table><tr><th>process</th><th>cores</th><th>CPU ms</th><th>ms per"
                + " settled order</th><th>MiB</th></tr>");
        for (var process : result.figures().processes()) {
            var perOrder = process.millisPerOrder();
            page.append("<tr><td>%s</td><td>%.2f</td><td>%d</td><td>%s</td><td>%d</td></tr>"
                    .formatted(
                            Plot.escaped(process.name()),
                            process.cores(),
                            process.cpuMillis(),
                            perOrder == null ? "" : "%.2f".formatted(perOrder),
                            process.residentBytes() >> 20));
        }
        page.append("</table>");
    }

    private void checks() {
        if (result.findings().checks().isEmpty()) return;
        page.append("<h2>Checks</h2><table>");
        for (var check : result.findings().checks()) {
            page.append("<tr><td>%s</td><td>%s</td><td>%s</td></tr>"
                    .formatted(
                            Plot.escaped(check.name()),
                            check.holds() ? "holds" : "FAILS",
                            Plot.escaped(check.found())));
        }
        page.append("</table>");
    }
}
