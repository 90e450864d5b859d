package com.flashsale.cli;

import com.flashsale.client.ExitCode;
import com.flashsale.client.Home;
import com.flashsale.client.Json;
import com.flashsale.client.platform.StateFile;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The running processes, their addresses, and the memory that each one holds. */
@Command(name = "status", description = "What runs here.", mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "JSON for scripts.")
    private boolean json;

    @Override
    public Integer call() {
        var now = new StateFile(Home.ofThisRun()).now();
        spec.commandLine().getOut().println(json ? Json.pretty(now) : StatusText.of(now));
        return ExitCode.OK;
    }
}
