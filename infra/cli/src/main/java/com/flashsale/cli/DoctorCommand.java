package com.flashsale.cli;

import com.flashsale.client.ExitCode;
import com.flashsale.client.Home;
import com.flashsale.client.platform.StateFile;
import com.flashsale.local.preflight.Finding;
import com.flashsale.local.preflight.Preflight;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says what this machine lacks and how to mend it. Ports that our own platform holds are no fault. */
@Command(name = "doctor", description = "What this machine lacks.", mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private PlatformOptions options = new PlatformOptions();

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var home = Home.ofThisRun();
        var running = new StateFile(home).running();
        if (running.isPresent()) {
            out.println("ok       platform   " + running.get().state() + " at "
                    + running.get().gateway());
            return ExitCode.OK;
        }
        var chosen = options.chosen();
        var findings =
                new Preflight(home).look(chosen.ports(), chosen.replicas().instances());
        findings.forEach(finding -> out.println(finding.line()));
        return findings.stream().anyMatch(Finding.Missing.class::isInstance) ? ExitCode.PREREQUISITE : ExitCode.OK;
    }
}
