package com.flashsale.cli;

import com.flashsale.client.ExitCode;
import com.flashsale.client.Home;
import com.flashsale.client.ToolException;
import com.flashsale.local.rollout.Request;
import com.flashsale.local.rollout.RolloutClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Another release of one service, while people buy. */
@Command(
        name = "rollout",
        description = "Replace the replicas of a service by another release, one at a time, while people buy.",
        mixinStandardHelpOptions = true)
final class RolloutCommand implements Callable<Integer> {

    private static final int LONGEST_START = 600;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "SERVICE", description = "order-service, catalog-service, ...")
    private String service = "";

    @Option(names = "--jar", paramLabel = "PATH", description = "The executable jar of the new release.")
    private @Nullable Path jar;

    @Option(names = "--undo", description = "Back to what ran before the last rollout. The schema stays.")
    private boolean undo;

    @Option(
            names = "--ready-within",
            defaultValue = "120",
            paramLabel = "SECONDS",
            description = "A replica that takes longer has failed. Default: ${DEFAULT-VALUE}")
    private int readyWithin;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (undo == (jar != null)) {
            throw new IllegalArgumentException("either --jar PATH or --undo");
        }
        if (readyWithin < 1 || readyWithin > LONGEST_START) {
            throw new IllegalArgumentException("--ready-within must be 1 to " + LONGEST_START);
        }
        var out = spec.commandLine().getOut();
        var path = jar == null ? null : jar.toAbsolutePath().normalize().toString();
        var result = new RolloutClient(Home.ofThisRun(), out).run(new Request(service, path, readyWithin));
        if (result.exitCode() != ExitCode.OK) {
            throw ToolException.ended(result.exitCode(), result.lines());
        }
        out.println(result.lines());
        return ExitCode.OK;
    }
}
