package com.flashsale.cli;

import com.flashsale.client.ExitCode;
import com.flashsale.client.Home;
import com.flashsale.client.ToolException;
import com.flashsale.local.rollout.Request;
import com.flashsale.local.rollout.RolloutClient;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The way back for a service that was given up, and a fresh start for one that hangs. */
@Command(
        name = "restart",
        description = "Start a service, one replica of it or an engine again, also when it was given up.",
        mixinStandardHelpOptions = true)
final class RestartCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "SERVICE",
            description = "As status shows it: order-service (all its replicas), order-service-2, kafka, ...")
    private String service = "";

    @Override
    public Integer call() throws IOException, InterruptedException {
        var out = spec.commandLine().getOut();
        var result = new RolloutClient(Home.ofThisRun(), out).run(Request.restarting(service));
        if (result.exitCode() != ExitCode.OK) {
            throw ToolException.ended(result.exitCode(), result.lines());
        }
        out.println(result.lines());
        return ExitCode.OK;
    }
}
