package com.flashsale.load;

import com.flashsale.client.ExitCode;
import com.flashsale.client.platform.PlatformState;
import com.flashsale.client.platform.StateFile;
import com.flashsale.load.platform.Target;
import com.flashsale.load.workload.KillDuring;
import com.flashsale.load.workload.Measured;
import com.flashsale.load.workload.Measurement;
import com.flashsale.load.workload.PurchaseLoop;
import com.flashsale.load.workload.TestRun;
import com.flashsale.load.workload.WarmUpCurves;
import com.flashsale.reports.result.Result.Check;
import com.flashsale.reports.result.Result.Findings;
import com.flashsale.reports.result.Results;
import com.flashsale.reports.result.WarmUpCurve;
import com.flashsale.reports.result.WarmUpReport;
import com.flashsale.reports.view.Reports;
import com.flashsale.reports.view.Text;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code load warm-up --curve}: joins and orders in each second of a young platform. */
final class WarmUpCurveCommand {

    private static final Duration LENGTH = Duration.ofSeconds(60);
    private static final int AT_ONCE = 64;

    /** More unseen customers than two shared cores take while they are cold. */
    private static final int CUSTOMERS_PER_SECOND = 300;

    private final PrintStream out;

    WarmUpCurveCommand(PrintStream out) {
        this.out = out;
    }

    int run(MeasureOptions options) throws Exception {
        var target = Target.running();
        target.requireTrust();
        var home = target.context().home();
        var length = options.length.isZero() ? LENGTH : options.length;
        int customers =
                options.visitors == 0 ? Math.toIntExact(length.toSeconds()) * CUSTOMERS_PER_SECOND : options.visitors;
        var loop = new PurchaseLoop(customers, AT_ONCE, length);
        var replica = options.kill;
        var kill = replica == null ? null : new KillDuring(loop, new StateFile(home), replica, length.dividedBy(3));
        try (var testRun = TestRun.of(target)) {
            out.println(testRun.announcement());
            out.println("prepare   " + customers + " customers that no process has seen");
            var begun = Results.begun(home.root(), "warm-up", "curve", options.given());
            var measured = new Measurement(testRun).of(kill == null ? loop : kill, loop.arrivals());
            var audit = Audits.verdict(target);
            var checks = new ArrayList<Check>();
            checks.add(new Check("the audit is green", audit.green(), audit.green() ? "green" : audit.text()));
            int planned = (int) length.toSeconds();
            int seconds = measured.operations().stream()
                    .mapToInt(operation -> WarmUpCurves.wholeSeconds(operation, customers, planned))
                    .min()
                    .orElse(0);
            var warnings = new ArrayList<>(measured.warnings());
            if (seconds < planned) {
                warnings.add(
                        "All %d customers were served by second %d, so the curves end there: --visitors gives more."
                                .formatted(customers, seconds));
            }
            var report = report(target.state(), measured, seconds, kill);
            var result = begun.with(measured.figures()).with(Findings.warmUp(audit, checks, warnings, report));
            out.println(Text.of(result));
            out.println("report    " + Reports.write(home.run(), result).resolve("report.html"));
            return audit.green() ? ExitCode.OK : ExitCode.INVARIANT;
        }
    }

    private static WarmUpReport report(PlatformState state, Measured measured, int seconds, @Nullable KillDuring kill) {
        List<WarmUpCurve> curves = measured.operations().stream()
                .map(operation -> WarmUpCurves.of(operation, seconds))
                .toList();
        return new WarmUpReport(
                sinceReady(state, measured.schedule().startedAt()),
                AT_ONCE,
                curves,
                kill == null ? null : kill.restart(curves));
    }

    private static @Nullable Double sinceReady(PlatformState state, Instant begin) {
        var started = state.startedAt();
        var toReady = state.secondsToReady();
        if (started == null || toReady == null) return null;
        return Duration.between(started, begin).toMillis() / 1e3 - toReady;
    }
}
