package com.flashsale.load;

import com.flashsale.client.ExitCode;
import com.flashsale.client.ToolException;
import com.flashsale.load.platform.Target;
import com.flashsale.load.raw.Raw;
import com.flashsale.load.workload.SteadyStateWarmUp;
import com.flashsale.load.workload.TestRun;
import com.flashsale.reports.result.Result.Findings;
import com.flashsale.reports.result.Result.RawResult;
import com.flashsale.reports.result.Results;
import com.flashsale.reports.view.Reports;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** {@code load raw}. */
final class RawCommand {

    private static final int REQUESTS = 20_000;
    private static final Duration LENGTH = Duration.ofSeconds(5);

    private final PrintStream out;

    RawCommand(PrintStream out) {
        this.out = out;
    }

    int run(MeasureOptions options) throws Exception {
        var target = Target.running();
        if (target.state().isExternal()) {
            throw ToolException.prerequisite(
                    "The engines by themselves are measured where this machine runs them: ./flashsale up, without"
                            + " containers");
        }
        target.requireTrust();
        var home = target.context().home();
        var begun = Results.begun(home.root(), "raw", "raw", options.given());
        try (var testRun = TestRun.of(target)) {
            out.println(testRun.announcement());
            new SteadyStateWarmUp(testRun, out::println).run();
            var raw = new Raw(
                    testRun,
                    options.length.isZero() ? LENGTH : options.length,
                    options.visitors == 0 ? REQUESTS : options.visitors,
                    this::say);
            List<RawResult> results = raw.measure();
            var audit = Audits.verdict(target);
            var directory = Reports.write(home.run(), begun.with(Findings.raw(audit, results)));
            out.println("report    " + directory.resolve("report.html"));
            return audit.green() ? ExitCode.OK : ExitCode.INVARIANT;
        }
    }

    private void say(RawResult result) {
        out.printf(
                "%-62s %s  %s%n",
                result.name(),
                result.rate() < 100 ? "%12.3f".formatted(result.rate()) : "%10.0f/s".formatted(result.rate()),
                result.note());
    }
}
