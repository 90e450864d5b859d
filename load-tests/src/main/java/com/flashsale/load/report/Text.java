package com.flashsale.load.report;

import com.flashsale.load.result.Result;
import com.flashsale.load.result.Result.Latency;
import com.flashsale.load.result.Result.OperationResult;
import java.util.StringJoiner;
import java.util.TreeMap;

/** A result, or the difference of two, in lines for a terminal. */
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
            text.add("  %-12s %8.1f/s of %.1f  %s  %s"
                    .formatted(
                            operation.name(),
                            operation.rate(),
                            operation.intendedRate(),
                            latency(operation.accepted()),
                            operation.kinds()));
        }
        var settle = result.figures().settle();
        if (settle != null) {
            text.add("  %-12s %8.1f/s  %d of %d  %s"
                    .formatted(
                            "settled", settle.rate(), settle.settled(), settle.accepted(), latency(settle.latency())));
        }
        result.findings()
                .limits()
                .forEach(limit -> text.add("  limit %-9s %.0f/s (%.0f to %.0f)  %s"
                        .formatted(limit.operation(), limit.median(), limit.min(), limit.max(), limit.bottleneck())));
        result.findings()
                .raw()
                .forEach(raw -> text.add("  raw   %-44s %9.0f/s  %s".formatted(raw.name(), raw.rate(), raw.note())));
        result.findings()
                .checks()
                .forEach(check -> text.add(
                        "  %-5s %s: %s".formatted(check.holds() ? "holds" : "FAILS", check.name(), check.found())));
        if (result.findings().audit() != null)
            text.add("  audit " + (result.findings().audit().green() ? "green" : "RED"));
        return text.toString();
    }

    private static String latency(Latency latency) {
        return "p50 %.1f p99 %.1f max %.1f ms".formatted(latency.p50(), latency.p99(), latency.max());
    }

    /** The operations of both results, side by side. A different story or machine is stated before any figure. */
    public static String compare(Result before, Result after) {
        var text = new StringJoiner(System.lineSeparator());
        text.add("%s %s -> %s"
                .formatted(
                        after.setup().story(),
                        before.setup().code().commit(),
                        after.setup().code().commit()));
        if (!before.setup().story().equals(after.setup().story())
                || !before.setup().settings().equals(after.setup().settings())) {
            text.add("  not the same story: %s %s / %s %s"
                    .formatted(
                            before.setup().story(),
                            before.setup().settings(),
                            after.setup().story(),
                            after.setup().settings()));
        }
        if (!before.setup().machine().equals(after.setup().machine())) {
            text.add("  not the same machine: %s / %s"
                    .formatted(before.setup().machine(), after.setup().machine()));
        }
        var known = new TreeMap<String, OperationResult>();
        before.figures().operations().forEach(operation -> known.put(operation.name(), operation));
        for (var operation : after.figures().operations()) {
            var other = known.get(operation.name());
            if (other == null) continue;
            text.add("  " + operation.name());
            text.add(line("rate", other.rate(), operation.rate()));
            text.add(line("p50 ms", other.accepted().p50(), operation.accepted().p50()));
            text.add(line("p99 ms", other.accepted().p99(), operation.accepted().p99()));
        }
        var settled = before.figures().settle();
        var settledNow = after.figures().settle();
        if (settled != null && settledNow != null) {
            text.add(line("settled/s", settled.rate(), settledNow.rate()));
            text.add(line(
                    "settled p99 ms",
                    settled.latency().p99(),
                    settledNow.latency().p99()));
        }
        for (var limit : after.findings().limits()) {
            before.findings().limits().stream()
                    .filter(other -> other.operation().equals(limit.operation()))
                    .forEach(other -> text.add(line("limit " + limit.operation(), other.median(), limit.median())));
        }
        return text.toString();
    }

    private static String line(String name, double before, double after) {
        var change = before == 0 ? "" : "%+.1f %%".formatted((after - before) / before * HUNDRED);
        return "    %-18s %10.1f -> %10.1f  %s".formatted(name, before, after, change);
    }
}
