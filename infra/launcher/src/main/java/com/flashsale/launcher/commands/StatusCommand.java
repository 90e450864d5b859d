package com.flashsale.launcher.commands;

import com.flashsale.launcher.ExitCode;
import com.flashsale.launcher.Home;
import com.flashsale.launcher.Json;
import com.flashsale.launcher.state.StateFile;
import com.flashsale.launcher.state.StatusText;
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
