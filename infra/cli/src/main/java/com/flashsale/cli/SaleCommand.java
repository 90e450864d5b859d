package com.flashsale.cli;

import com.flashsale.client.ExitCode;
import com.flashsale.client.Home;
import com.flashsale.client.Json;
import com.flashsale.client.ToolException;
import com.flashsale.client.platform.StateFile;
import com.flashsale.customers.demo.Demo;
import com.flashsale.customers.demo.DemoResult;
import com.flashsale.customers.demo.ResultPage;
import com.flashsale.customers.demo.RunDirectory;
import com.flashsale.customers.demo.SalePlan;
import com.flashsale.local.console.PlatformConsole;
import com.flashsale.local.platform.Platform;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Plays a sale on the running platform, or on one that it starts and stops itself. */
abstract class SaleCommand implements Callable<Integer> {

    private static final int SEEDS = 1_000_000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private PlatformOptions options = new PlatformOptions();

    @Option(names = "--seed", description = "Decides what each customer will do. Default: a new one, printed")
    private @Nullable Long seed;

    abstract SalePlan plan(long seed);

    /** Names the directory of the result. */
    abstract String kind();

    @Override
    public Integer call() throws Exception {
        var plan = plan(seed == null ? ThreadLocalRandom.current().nextLong(SEEDS) : seed);
        var home = Home.ofThisRun();
        var directory = RunDirectory.of(home, kind(), Instant.now());
        var console = PlatformConsole.of(spec.commandLine().getOut(), options.json(), options.plain(), System.getenv());
        var played = new StateFile(home).running().isPresent()
                ? onThePlatformThatRuns(plan, directory, console)
                : alone(plan, directory, console);
        return played.result().isSuccess() ? ExitCode.OK : ExitCode.INVARIANT;
    }

    private DemoResult onThePlatformThatRuns(SalePlan plan, RunDirectory directory, PlatformConsole console)
            throws Exception {
        var attached = Attached.require(directory.home());
        var played = new Demo(attached.context(), console).run(plan, attached.state(), directory);
        console.close();
        report(directory, played);
        return played;
    }

    /** People read the result while the first run of a build learns. For scripts, the result is the last line. */
    private DemoResult alone(SalePlan plan, RunDirectory directory, PlatformConsole console) throws Exception {
        var platform = Platform.prepare(directory.home(), options.chosen(), console);
        if (!options.json()) platform.learnsLater();
        var played = played(platform, plan, directory, console);
        console.close();
        report(directory, played);
        if (!options.json()) platform.learn();
        return played;
    }

    private static DemoResult played(Platform platform, SalePlan plan, RunDirectory directory, PlatformConsole console)
            throws Exception {
        try (var stop = StopSignal.closing(platform, ExitCode.INTERRUPTED)) {
            try {
                PlatformRoom.open(platform);
                platform.start();
                return new Demo(platform.context(), console).run(plan, platform.state(), directory);
            } catch (ToolException failed) {
                stop.parkIfRequested();
                throw failed;
            }
        }
    }

    private void report(RunDirectory directory, DemoResult played) throws Exception {
        directory.write(played);
        var out = spec.commandLine().getOut();
        if (options.json()) {
            out.println(Json.line(played.result()));
        } else {
            out.println(ResultPage.of(played.result()));
            out.println();
            out.println("  result      " + directory.path().resolve("result.txt"));
            out.println("  plot        " + directory.path().resolve("plot.svg"));
        }
        out.flush();
    }
}
