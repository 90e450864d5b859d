package com.flashsale.cli;

import com.flashsale.client.ExitCode;
import com.flashsale.client.Home;
import com.flashsale.local.console.PlatformConsole;
import com.flashsale.local.platform.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * Measures the running platform, or one that it starts and stops itself. The options here are those of the platform;
 * all other arguments pass through to the load tests, which parse them.
 */
@Command(
        name = "load",
        customSynopsis = "flashsale load [OPTION]... SCENARIO",
        description = {
            "Measure the running platform.",
            "Writes .run/load/<time>-<scenario>/result.json and report.html.",
            "The options of the platform:"
        },
        subcommands = {PurgeCommand.class, LoadOnCommand.class, LoadOffCommand.class})
final class LoadCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private PlatformOptions options = new PlatformOptions();

    @Option(names = "--up", description = "Start a platform for it, and stop it afterwards.")
    private boolean up;

    // no help option of picocli: it would end the command before the load tests can show theirs
    @Option(
            names = {"-h", "--help"},
            description = "Show this help message and exit.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print version information and exit.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean version;

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        var home = Home.ofThisRun();
        var tool = new LoadTool(home);
        if (help) {
            spec.commandLine().usage(spec.commandLine().getOut());
            return tool.run(List.of("--help"));
        }
        if (arguments.isEmpty()) throw new IllegalArgumentException("Say which scenario: ./flashsale load --help");
        return up ? withPlatform(home, tool) : tool.run(arguments);
    }

    private int withPlatform(Home home, LoadTool tool) throws Exception {
        int wrong = tool.check(arguments);
        if (wrong != ExitCode.OK) return wrong;
        var console = PlatformConsole.of(spec.commandLine().getOut(), options.json(), options.plain(), System.getenv());
        var platform = Platform.prepare(home, options.chosen(), console);
        try (var _ = StopSignal.closing(platform, ExitCode.INTERRUPTED)) {
            platform.start();
            console.close();
            return tool.run(arguments);
        }
    }

    List<String> arguments() {
        return arguments;
    }

    boolean isWithPlatform() {
        return up;
    }
}
