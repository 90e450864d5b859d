package com.flashsale.reports.view;

import com.flashsale.reports.result.Result;
import com.flashsale.reports.result.Result.Figures;
import com.flashsale.reports.result.Result.OperationResult;
import com.flashsale.reports.result.Result.Second;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** The difference of two results, in lines for a terminal. */
public final class Comparison {

    private static final double HUNDRED = 100;

    private Comparison() {}

    /** The operations of both results, side by side. A different scenario or machine is stated before any figure. */
    public static String of(Result before, Result after) {
        var text = new StringJoiner(System.lineSeparator());
        addDifferences(text, before.setup(), after.setup());
        addOperations(text, before.figures(), after.figures());
        addSettled(text, before.figures(), after.figures());
        for (var limit : after.findings().limits()) {
            before.findings().limits().stream()
                    .filter(other -> other.operation().equals(limit.operation()))
                    .forEach(other -> text.add(line("limit " + limit.operation(), other.median(), limit.median())));
        }
        return text.toString();
    }

    private static void addDifferences(StringJoiner text, Result.Setup before, Result.Setup after) {
        text.add("%s %s -> %s"
                .formatted(after.story(), before.code().commit(), after.code().commit()));
        if (!before.story().equals(after.story()) || !before.settings().equals(after.settings())) {
            text.add("  not the same scenario: %s %s / %s %s"
                    .formatted(before.story(), before.settings(), after.story(), after.settings()));
        }
        if (!before.machine().equals(after.machine())) {
            text.add("  not the same machine: %s / %s".formatted(before.machine(), after.machine()));
        }
    }

    private static void addOperations(StringJoiner text, Figures before, Figures after) {
        var known = new TreeMap<String, OperationResult>();
        before.operations().forEach(operation -> known.put(operation.name(), operation));
        for (var operation : after.operations()) {
            var other = known.get(operation.name());
            if (other == null) continue;
            text.add("  " + operation.name());
            text.add(line("rate", other.rate(), operation.rate()));
            text.add(line("p50 ms", other.accepted().p50(), operation.accepted().p50()));
            text.add(line("p99 ms", other.accepted().p99(), operation.accepted().p99()));
            text.add(verdict("accepted each second", wholeSeconds(other), wholeSeconds(operation)));
            text.add(verdict("p50 of each second", samples(other, Second::p50), samples(operation, Second::p50)));
            text.add(verdict("p99 of each second", samples(other, Second::p99), samples(operation, Second::p99)));
        }
    }

    /** The last second may be cut short. */
    private static double[] wholeSeconds(OperationResult operation) {
        return operation.seconds().stream()
                .limit(Math.max(0, operation.seconds().size() - 1))
                .mapToDouble(Second::accepted)
                .toArray();
    }

    /** Of the seconds with an accepted request. */
    private static double[] samples(OperationResult operation, ToDoubleFunction<Second> figure) {
        return operation.seconds().stream()
                .filter(second -> second.accepted() > 0)
                .mapToDouble(figure)
                .toArray();
    }

    private static String verdict(String name, double[] before, double[] after) {
        return "    %-22s %s"
                .formatted(
                        name,
                        Difference.of(before, after)
                                .map(Comparison::words)
                                .orElse("too few seconds for an interval (%d and %d)"
                                        .formatted(before.length, after.length)));
    }

    private static String words(Difference difference) {
        return "%+.1f %%, 99 %% interval %+.1f to %+.1f %%: %s"
                .formatted(
                        difference.change() * HUNDRED,
                        difference.low() * HUNDRED,
                        difference.high() * HUNDRED,
                        difference.isReal() ? "DIFFERENT" : "no difference shown");
    }

    private static void addSettled(StringJoiner text, Figures before, Figures after) {
        var settled = before.settle();
        var settledNow = after.settle();
        if (settled == null || settledNow == null) return;
        text.add(line("settled/s", settled.rate(), settledNow.rate()));
        text.add(line(
                "settled p99 ms", settled.latency().p99(), settledNow.latency().p99()));
    }

    private static String line(String name, double before, double after) {
        var change = before == 0 ? "" : "%+.1f %%".formatted((after - before) / before * HUNDRED);
        return "    %-18s %10.1f -> %10.1f  %s".formatted(name, before, after, change);
    }
}
