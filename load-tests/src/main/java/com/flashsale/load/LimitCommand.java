package com.flashsale.load;

import com.flashsale.client.ExitCode;
import com.flashsale.load.limit.LawFinder;
import com.flashsale.load.limit.LimitFinder;
import com.flashsale.load.limit.LimitTarget;
import com.flashsale.load.observe.FlightRecorder;
import com.flashsale.load.platform.Target;
import com.flashsale.load.workload.Measurement;
import com.flashsale.load.workload.SteadyStateWarmUp;
import com.flashsale.load.workload.TestRun;
import com.flashsale.reports.law.CapacityLaw;
import com.flashsale.reports.result.LimitResult;
import com.flashsale.reports.result.Result;
import com.flashsale.reports.result.Result.Findings;
import com.flashsale.reports.result.Results;
import com.flashsale.reports.view.LawSection;
import com.flashsale.reports.view.Reports;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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
        var recordings = target.context().home().run().resolve("load").resolve("jfr");
        var recorder = options.jfr ? new FlightRecorder(target.state(), recordings) : null;
        var limits = new ArrayList<LimitResult>();
        var result = begun;
        try (var testRun = TestRun.of(target)) {
            out.println(testRun.announcement());
            var measurement = new Measurement(testRun);
            if (!options.noWarmUp) new SteadyStateWarmUp(testRun, out::println).run();
            var laws = new LawFinder(measurement, settings, out::println);
            for (var operation : options.targets()) {
                var finder = new LimitFinder(measurement, settings, _ -> Audits.green(target), out::println);
                var found = finder.find(operation);
                out.println(line(found));
                var limit = found.with(law(laws, operation, found.median(), recorder));
                LawSection.lines(limit).forEach(out::println);
                limits.add(limit);
                for (var held : finder.held()) result = result.with(held.figures());
            }
        }
        return write(target, result, limits);
    }

    private static CapacityLaw law(
            LawFinder laws, LimitTarget operation, double limit, @Nullable FlightRecorder recorder)
            throws SQLException, InterruptedException {
        var law = laws.find(operation, limit);
        return recorder == null || law.sum() == null ? law : laws.profiled(operation, limit, law, recorder);
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
