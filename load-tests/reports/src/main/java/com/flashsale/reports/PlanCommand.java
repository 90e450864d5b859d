package com.flashsale.reports;

import com.flashsale.reports.plan.Demand;
import com.flashsale.reports.plan.Patch;
import com.flashsale.reports.plan.Plan;
import com.flashsale.reports.plan.Pods;
import com.flashsale.reports.result.Results;
import com.flashsale.reports.result.WarmUpReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The replicas that a crowd needs, from the measured limits. */
@Command(
        name = "plan",
        description = "What a crowd needs, from a result of 'load limit'; writes a Kubernetes patch beside it.",
        mixinStandardHelpOptions = true)
public final class PlanCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "RESULT", description = "A result.json of 'load limit', or its directory.")
    private Path file = Path.of("");

    @Option(names = "--users", defaultValue = "1000000", description = "Who come. Default: ${DEFAULT-VALUE}")
    private long users;

    @Option(names = "--arrive", defaultValue = "60s", description = "Within which time. Default: ${DEFAULT-VALUE}")
    private Duration arrive = Duration.ZERO;

    @Option(names = "--units", defaultValue = "10000", description = "On sale. Default: ${DEFAULT-VALUE}")
    private long units;

    @Option(
            names = "--headroom",
            defaultValue = "30",
            paramLabel = "PERCENT",
            description = "Kept free. Default: ${DEFAULT-VALUE}")
    private double headroom;

    @Option(
            names = "--pod-cores",
            defaultValue = "1",
            paramLabel = "CORES",
            description = "Of each pod; for a result with capacity laws. Default: ${DEFAULT-VALUE}")
    private double podCores;

    @Option(names = "--pod-start", paramLabel = "TIME", description = "Measured time from scaling to a ready pod.")
    @Nullable
    private Duration podStart;

    @Option(
            names = "--warm-up",
            paramLabel = "RESULT",
            description = "A result.json of 'load warm-up --curve', or its directory: how early to scale.")
    @Nullable
    private Path warmUp;

    @Override
    public Integer call() throws Exception {
        var plan = Plan.of(
                new Demand(users, arrive, units, headroom / 100),
                Results.read(file),
                new Pods(podCores, podStart, warmUp == null ? null : curve(warmUp)));
        var directory = Files.createDirectories(Results.directoryOf(file).resolve("plan"));
        var patch = Files.writeString(directory.resolve("kustomization.yaml"), Patch.of(plan));
        var out = spec.commandLine().getOut();
        out.println(plan.text());
        out.println("patch     " + patch);
        return 0;
    }

    private static WarmUpReport curve(Path result) throws IOException {
        var report = Results.read(result).findings().warmUp();
        if (report != null) return report;
        throw new IllegalArgumentException("The result at " + result + " has no warm-up curve.");
    }
}
