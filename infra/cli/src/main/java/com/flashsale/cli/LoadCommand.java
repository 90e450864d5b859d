package com.flashsale.cli;

import com.flashsale.client.ExitCode;
import com.flashsale.client.Home;
import com.flashsale.local.console.PlatformConsole;
import com.flashsale.local.platform.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures the running platform, or one that it starts and stops itself. */
@Command(
        name = "load",
        description = {
            "Measure the running platform (start it with FLASHSALE_LOAD=1 ./flashsale up).",
            "Writes .run/load/<time>-<story>/result.json and report.html."
        },
        subcommands = {PurgeCommand.class, LoadOnCommand.class, LoadOffCommand.class},
        mixinStandardHelpOptions = true)
final class LoadCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private PlatformOptions options = new PlatformOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "STORY",
            description =
                    "smoke, sale-opens, stampede-after-sold-out, steady, sine, replay, soak, retry-storm, bots,"
                            + " line-holders, overload; limit (the highest rates that are held); raw (the engines by themselves)")
    private String story = "";

    @Option(names = "--up", description = "Start a platform for it, and stop it afterwards.")
    private boolean up;

    @Option(names = "--quick", description = "limit: one run, 15 s steps, coarse.")
    private boolean quick;

    @Option(
            names = "--only",
            paramLabel = "OPERATION",
            description = "limit: browse, poll, join, accepted, settled or journey.")
    private @Nullable String only;

    @Option(names = "--rate", paramLabel = "PER-SECOND", description = "Arrivals, where the story has a rate.")
    private @Nullable String rate;

    @Option(names = "--for", paramLabel = "TIME", description = "How long: 90s, 5m, 1h.")
    private @Nullable String time;

    @Option(names = "--visitors", paramLabel = "COUNT", description = "How many, where the story has a number.")
    private @Nullable String visitors;

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = "replay: the gateway's access log; else that of this platform.")
    private @Nullable String log;

    @Option(names = "--speed", paramLabel = "FACTOR", description = "replay: so many times as fast as it was.")
    private @Nullable String speed;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "limit: start, hold, runs, precision; overload: times.")
    private Map<String, String> more = new TreeMap<>();

    @Override
    public Integer call() throws Exception {
        if (story.isEmpty()) throw new IllegalArgumentException("Say which story: ./flashsale load --help");
        var home = Home.ofThisRun();
        return up ? withPlatform(home) : new LoadTool(home).run(arguments());
    }

    private int withPlatform(Home home) throws Exception {
        System.setProperty("flashsale.load", "true");
        var console = PlatformConsole.of(spec.commandLine().getOut(), options.json(), options.plain(), System.getenv());
        var platform = Platform.prepare(home, options.chosen(), console);
        try (var _ = StopSignal.closing(platform, ExitCode.INTERRUPTED)) {
            platform.start();
            console.close();
            return new LoadTool(home).run(arguments());
        }
    }

    private List<String> arguments() {
        var named = new TreeMap<>(more);
        put(named, "only", only);
        put(named, "rate", rate);
        put(named, "for", time);
        put(named, "visitors", visitors);
        put(named, "log", log);
        put(named, "speed", speed);
        var arguments = new ArrayList<String>();
        arguments.add(story);
        if (quick) arguments.add("--quick");
        named.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        return arguments;
    }

    private static void put(Map<String, String> named, String name, @Nullable String value) {
        if (value != null) named.put(name, value);
    }
}
