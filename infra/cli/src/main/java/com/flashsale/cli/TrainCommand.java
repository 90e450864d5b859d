package com.flashsale.cli;

import com.flashsale.client.ExitCode;
import com.flashsale.client.Home;
import com.flashsale.client.ToolException;
import com.flashsale.client.platform.StateFile;
import com.flashsale.client.topology.Services;
import com.flashsale.local.console.PlatformConsole;
import com.flashsale.local.platform.Platform;
import com.flashsale.local.service.Training;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs the platform once under load so that its services start with what they learnt. */
@Command(
        name = "train",
        description = {
            "Start a platform, buy on it, stop it, and keep what its JVMs have learnt (AOT caches, JEP 515).",
            "From then on 'up' with the same --jvm starts with it, until the next build. Takes some minutes."
        },
        mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {

    private static final double MIB = 1 << 20;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private PlatformOptions options = new PlatformOptions();

    @Override
    public Integer call() throws Exception {
        var out = spec.commandLine().getOut();
        var home = Home.ofThisRun();
        var chosen = options.chosen().training();
        if (chosen.mode().tracing() != null)
            throw new IllegalArgumentException("Services with an agent cannot be trained.");
        if (new StateFile(home).running().isPresent()) {
            throw ToolException.prerequisite("A platform runs here. Stop it with ./flashsale down");
        }
        var training = new Training(home, chosen.mode().jvm());
        int exit = record(home, Platform.prepare(home, chosen, console(out)), training);
        if (exit != ExitCode.OK) return exit;
        for (var service : Services.all()) {
            out.printf("trained   %-18s %4.0f MiB%n", service.name(), training.create(service) / MIB);
            out.flush();
        }
        return ExitCode.OK;
    }

    private PlatformConsole console(PrintWriter out) {
        return PlatformConsole.of(out, options.json(), options.plain(), System.getenv());
    }

    private static int record(Home home, Platform platform, Training training) throws Exception {
        try (var _ = StopSignal.closing(platform, ExitCode.INTERRUPTED)) {
            for (var service : Services.all()) training.forget(service);
            platform.start();
            return new LoadTool(home).run(List.of("warm-up"));
        }
    }
}
