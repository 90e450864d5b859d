package com.flashsale.load;

import com.flashsale.client.ExitCode;
import com.flashsale.load.inject.Arrivals;
import com.flashsale.load.observe.Processor;
import com.flashsale.load.platform.Target;
import com.flashsale.load.scenario.Scenarios;
import com.flashsale.load.workload.Measurement;
import com.flashsale.load.workload.TestRun;
import com.flashsale.load.workload.Workloads;
import com.flashsale.reports.result.Budget;
import com.flashsale.reports.result.Lateness;
import com.flashsale.reports.result.Result;
import com.flashsale.reports.result.Result.Check;
import com.flashsale.reports.result.Result.Findings;
import com.flashsale.reports.result.Results;
import com.flashsale.reports.view.Reports;
import com.flashsale.reports.view.Text;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;

/** {@code load <scenario>}. */
final class ScenarioCommand {

    private static final Arrivals WARM_UP = Arrivals.constant(30, Duration.ofSeconds(5));

    private final PrintStream out;

    ScenarioCommand(PrintStream out) {
        this.out = out;
    }

    int run(String name, MeasureOptions options) throws Exception {
        var target = Target.running();
        target.requireTrust();
        var home = target.context().home();
        var scenario = Scenarios.named(name, options.options(home.log("gateway")));
        var budget = options.budget == null
                ? Budget.none()
                : Budget.read(options.budget, new Processor(target.state()).processes());
        try (var testRun = TestRun.of(target)) {
            out.println(testRun.announcement());
            var measurement = new Measurement(testRun);
            if (!options.noWarmUp) measurement.of(Workloads.JOURNEY, WARM_UP);
            var measured = measurement.of(scenario.workload(), scenario.arrivals());
            var checks = new ArrayList<>(scenario.checks().of(measured));
            var audit = Audits.verdict(target);
            checks.add(new Check("the audit is green", audit.green(), audit.green() ? "green" : audit.text()));
            if (!measured.trouble().isEmpty()) checks.add(new Check("everything was seen", false, measured.trouble()));
            var figures = measured.figures();
            var invalid = Lateness.invalid(figures.operations());
            if (!invalid.isEmpty()) checks.add(new Check("the injector kept to the plan", false, invalid));
            checks.addAll(budget.checks(figures.costs()));
            var findings = Findings.story(audit, checks, measured.warnings());
            var begun = Results.begun(home.root(), "story", name, options.given());
            return finish(home.run(), begun.with(figures).with(findings));
        }
    }

    int finish(Path run, Result result) throws Exception {
        var directory = Reports.write(run, result);
        out.println(Text.of(result));
        out.println("report    " + directory.resolve("report.html"));
        return result.findings().checks().stream().allMatch(Check::holds) ? ExitCode.OK : ExitCode.INVARIANT;
    }
}
