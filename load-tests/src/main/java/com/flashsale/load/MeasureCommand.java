package com.flashsale.load;

import com.flashsale.client.ExitCode;
import com.flashsale.reports.CompareCommand;
import com.flashsale.reports.PlanCommand;
import com.flashsale.reports.ReportCommand;
import java.io.PrintStream;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code load}: a scenario, the limit, or the engines by themselves. */
@Command(
        name = "flashsale",
        customSynopsis = {"flashsale load [OPTION]... SCENARIO", "       flashsale report | compare | plan ..."},
        description = "Measure a running platform.",
        subcommands = {ReportCommand.class, CompareCommand.class, PlanCommand.class},
        mixinStandardHelpOptions = true)
final class MeasureCommand implements Callable<Integer> {

    private static final Set<String> NO_SCENARIOS = Set.of("limit", "raw", "warm-up");

    private final PrintStream out;

    @Mixin
    private MeasureOptions options = new MeasureOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "SCENARIO",
            description = "smoke, sale-opens, stampede-after-sold-out, steady, sine, replay, soak, retry-storm, bots,"
                    + " line-holders, overload, newcomers, newcomers-buy; limit (the highest rates that are held);"
                    + " raw (the engines by themselves); warm-up (buy until it no longer gets faster;"
                    + " with --curve: measure each second)")
    private String scenario = "";

    @Option(names = "--parse-only", hidden = true, description = "Check the arguments and do nothing.")
    private boolean parseOnly;

    MeasureCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws Exception {
        if (scenario.isEmpty()) throw new IllegalArgumentException("Say which scenario: ./flashsale load --help");
        if (options.budget != null && NO_SCENARIOS.contains(scenario)) {
            throw new IllegalArgumentException("--budget belongs to a scenario, not to " + scenario);
        }
        if (parseOnly) return ExitCode.OK;
        return switch (scenario) {
            case "limit" -> new LimitCommand(out).run(options);
            case "warm-up" -> options.curve ? new WarmUpCurveCommand(out).run(options) : new WarmUpCommand(out).run();
            case "raw" -> new RawCommand(out).run(options);
            default -> new ScenarioCommand(out).run(scenario, options);
        };
    }

    MeasureOptions options() {
        return options;
    }
}
