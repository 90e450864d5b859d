package com.flashsale.load;

import com.flashsale.client.ExitCode;
import com.flashsale.load.limit.LimitFinder;
import com.flashsale.load.platform.Target;
import com.flashsale.load.report.Reports;
import com.flashsale.load.result.Result;
import com.flashsale.load.result.Result.Findings;
import com.flashsale.load.result.Result.LimitResult;
import com.flashsale.load.result.Results;
import com.flashsale.load.workload.Measurement;
import com.flashsale.load.workload.SteadyStateWarmUp;
import com.flashsale.load.workload.TestRun;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code load limit}: the highest rates that the platform holds. */
final class LimitCommand {

    private final PrintStream out;

    LimitCommand(PrintStream out) {
        this.out = out;
    }

    int run(MeasureOptions options) throws Exception {
        var target = Target.running();
        target.requireTrust();
        var settings = options.search();
        var begun = Results.begun(
                target.context().home().root(),
                "limit",
                "limit",
                new TreeMap<>(Map.of(
                        "hold", settings.hold().toString(),
                        "runs", Integer.toString(settings.runs()),
                        "precision", Double.toString(settings.precision()))));
        var limits = new ArrayList<LimitResult>();
        var result = begun;
        try (var testRun = TestRun.of(target)) {
            out.println(testRun.announcement());
            var measurement = new Measurement(testRun);
            if (!options.noWarmUp) new SteadyStateWarmUp(testRun, out::println).run();
            for (var operation : options.targets()) {
                var finder = new LimitFinder(measurement, settings, _ -> Audits.green(target), out::println);
                var limit = finder.find(operation);
                limits.add(limit);
                out.println(line(limit));
                for (var held : finder.held()) result = result.with(held.figures());
            }
        }
        return write(target, result, limits);
    }

    private int write(Target target, Result result, List<LimitResult> limits) throws Exception {
        var audit = Audits.verdict(target);
        var directory = Reports.write(target.context().home().run(), result.with(Findings.limits(audit, limits)));
        out.println("result    " + directory.resolve("result.json"));
        return audit.green() ? ExitCode.OK : ExitCode.INVARIANT;
    }

    private static String line(LimitResult limit) {
        return "LIMIT     %-9s %.0f/s (%.0f to %.0f)  bottleneck: %s"
                .formatted(limit.operation(), limit.median(), limit.min(), limit.max(), limit.bottleneck());
    }
}
