package com.flashsale.reports.view;

import com.flashsale.reports.result.LimitResult;
import com.flashsale.reports.result.Result;
import com.flashsale.reports.result.Result.Latency;
import com.flashsale.reports.result.Result.OperationResult;
import com.flashsale.reports.result.Result.RawResult;
import java.util.StringJoiner;

/** A result in lines for a terminal. */
public final class Text {

    private static final double HUNDRED = 100;

    private Text() {}

    public static String of(Result result) {
        var text = new StringJoiner(System.lineSeparator());
        text.add("%s %s  commit %s%s  %d cores  machine %.0f %% busy"
                .formatted(
                        result.setup().kind(),
                        result.setup().story(),
                        result.setup().code().commit(),
                        result.setup().code().dirty() ? "+" : "",
                        result.setup().machine().cores(),
                        result.figures().machineBusyShare() * HUNDRED));
        for (var operation : result.figures().operations()) {
            text.add("  %-12s %s  %s  %s"
                    .formatted(operation.name(), rate(operation), latency(operation.accepted()), operation.kinds()));
        }
        result.findings().warnings().forEach(warning -> text.add("  WARNING " + warning));
        var warmUp = result.findings().warmUp();
        if (warmUp != null) new WarmUpSection(warmUp).addTo(text);
        var settle = result.figures().settle();
        if (settle != null) {
            text.add("  %-12s %8.1f/s  %d of %d  %s"
                    .formatted(
                            "settled", settle.rate(), settle.settled(), settle.accepted(), latency(settle.latency())));
        }
        var costs = result.figures().costs();
        if (costs != null) new CostTable(costs).addTo(text);
        result.findings().limits().forEach(limit -> limit(text, limit));
        result.findings()
                .raw()
                .forEach(raw -> text.add("  raw   %-62s %s  %s".formatted(raw.name(), amount(raw), raw.note())));
        result.findings()
                .checks()
                .forEach(check -> text.add(
                        "  %-5s %s: %s".formatted(check.holds() ? "holds" : "FAILS", check.name(), check.found())));
        if (result.findings().audit() != null)
            text.add("  audit " + (result.findings().audit().green() ? "green" : "RED"));
        return text.toString();
    }

    private static void limit(StringJoiner text, LimitResult limit) {
        text.add("  limit %-9s %.0f/s (%.0f to %.0f)  %s"
                .formatted(limit.operation(), limit.median(), limit.min(), limit.max(), limit.bottleneck()));
        LawSection.lines(limit).forEach(line -> text.add("    " + line));
    }

    /** An older document has the rate over the planned time. */
    private static String rate(OperationResult operation) {
        var pace = operation.pace();
        return pace == null
                ? "%8.1f/s of %.1f planned".formatted(operation.rate(), operation.intendedRate())
                : "%8.1f/s accepted in %.1f s, %.1f/s sent"
                        .formatted(operation.rate(), pace.seconds(), pace.offeredRate());
    }

    /** Milliseconds and quotients are small, and only rates are per second. */
    static String amount(RawResult raw) {
        return raw.rate() < HUNDRED ? "%12.3f".formatted(raw.rate()) : "%10.0f/s".formatted(raw.rate());
    }

    private static String latency(Latency latency) {
        return "p50 %.1f p99 %.1f max %.1f ms".formatted(latency.p50(), latency.p99(), latency.max());
    }
}
