package com.flashsale.cli;

import com.flashsale.client.ExitCode;
import com.flashsale.client.Home;
import com.flashsale.client.ToolException;
import com.flashsale.control.fault.Fault;
import com.flashsale.control.fault.Faults;
import com.flashsale.control.remote.FaultClient;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A fault on the running platform, which heals by itself. */
@Command(
        name = "chaos",
        description = {
            "Begin a fault on the running platform, and wait until its target is well again.",
            "Exit code 6 when it does not recover. An unknown fault is a usage error that lists all faults."
        },
        mixinStandardHelpOptions = true)
final class ChaosCommand implements Callable<Integer> {

    private static final Pattern SECONDS = Pattern.compile("(\\d{1,3})s?");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FAULT", description = "For instance freeze-redis or kill-order-service.")
    private String fault = "";

    @Option(
            names = "--for",
            defaultValue = "10s",
            paramLabel = "TIME",
            description = "How long it lasts, 1s to 60s. A kill ends with the restart. Default: ${DEFAULT-VALUE}")
    private String time = "";

    @Override
    public Integer call() throws InterruptedException {
        var known =
                Fault.named(fault).orElseThrow(() -> ToolException.usage("There is no fault " + fault + ". " + all()));
        var duration = duration();
        var out = spec.commandLine().getOut();
        var ports = Attached.require(Home.ofThisRun()).context().ports();
        try (var client = new FaultClient(ports.controlRoom())) {
            boolean healed = client.run(known.name(), duration, line -> {
                out.println("chaos     " + line);
                out.flush();
            });
            return healed ? ExitCode.OK : ExitCode.UNFINISHED;
        }
    }

    private static String all() {
        return "The faults are:\n"
                + Fault.all().stream()
                        .map(one -> "  %-24s %s".formatted(one.name(), one.text()))
                        .collect(Collectors.joining("\n"));
    }

    private Duration duration() {
        var seconds = SECONDS.matcher(time);
        var duration = seconds.matches() ? Duration.ofSeconds(Long.parseLong(seconds.group(1))) : Duration.ZERO;
        if (duration.isZero() || duration.compareTo(Faults.LONGEST) > 0) {
            throw ToolException.usage("--for is 1s to " + Faults.LONGEST.toSeconds() + "s, not " + time);
        }
        return duration;
    }
}
