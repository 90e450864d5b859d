package com.flashsale.load.scenario;

import com.flashsale.load.workload.Measured;
import com.flashsale.reports.result.Result.Check;
import com.flashsale.reports.result.Series;
import java.util.ArrayList;
import java.util.List;

/** Checks that resources do not grow under a constant load: a leak shows as a slope. */
final class TrendCheck {

    /** The share of the run that does not count, since caches fill and pools open. */
    private static final double SETTLING_IN = 0.25;

    /** The growth over the rest of the run that still counts as flat, as a share of the mean. */
    private static final double NOISE = 0.10;

    private static final List<String> FLAT = List.of(
            "jvm_memory_usage_after_gc",
            "jvm_threads",
            "process_files",
            "redis keys without ttl",
            "outbox",
            "table outbox",
            "dead rows");

    /** The series whose values are shares; the others are counts or MiB. */
    private static final List<String> SHARES = List.of("jvm_memory", "dead rows");

    private TrendCheck() {}

    static List<Check> added(List<Check> checks, Measured run) {
        var all = new ArrayList<>(checks);
        run.queues().stream()
                .filter(series -> FLAT.stream().anyMatch(series.name()::startsWith))
                .filter(series -> !series.name().startsWith("outbox age"))
                .forEach(series -> all.add(flat(series, run.seconds())));
        return all;
    }

    static Check flat(Series series, double seconds) {
        double from = seconds * SETTLING_IN;
        double growth = series.slopeFrom(from) * (seconds - from);
        double least = SHARES.stream().anyMatch(series.name()::startsWith) ? 0.05 : 5;
        double allowed = Math.max(least, series.mean() * NOISE);
        return new Check(
                series.name() + " is flat",
                growth <= allowed,
                "%+.2f on a mean of %.2f".formatted(growth, series.mean()));
    }
}
