package com.flashsale.cli;

import com.flashsale.client.ExitCode;
import com.flashsale.client.Home;
import com.flashsale.client.Json;
import com.flashsale.client.ToolException;
import com.flashsale.client.platform.StateFile;
import com.flashsale.local.compose.ComposeUp;
import com.flashsale.local.console.PlatformConsole;
import com.flashsale.local.platform.Platform;
import com.flashsale.local.starter.StarterShop;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts everything and stays until it is told to stop. */
@Command(name = "up", description = "Start everything; Ctrl+C stops it.", mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private PlatformOptions options = new PlatformOptions();

    @Option(names = "--detach", description = "Return when ready and leave it running; stop it with 'down'.")
    private boolean detach;

    private enum Mode {
        /** Engines and services as processes of this machine. */
        embedded,
        /** Everything in containers. */
        compose
    }

    @Option(
            names = "--mode",
            defaultValue = "embedded",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
    private Mode mode = Mode.embedded;

    @Override
    public Integer call() throws Exception {
        var out = spec.commandLine().getOut();
        var home = Home.ofThisRun();
        if (mode == Mode.compose) {
            var console = PlatformConsole.of(out, options.json(), options.plain(), System.getenv());
            out.println(new ComposeUp(home, console, options.warmUp()).run());
            return ExitCode.OK;
        }
        var stateFile = new StateFile(home);
        var running = stateFile.running();
        if (running.isPresent()) {
            var now = stateFile.now();
            out.println(options.json() ? Json.pretty(now) : StatusText.of(now));
            return ExitCode.OK;
        }
        var chosen = options.chosen();
        if (detach) {
            return new DetachedUp(home, out)
                    .run(spec.commandLine().getParseResult().originalArgs());
        }
        var console = PlatformConsole.of(out, options.json(), options.plain(), System.getenv());
        var platform = Platform.prepare(home, chosen, console);
        try (var stop = StopSignal.closing(platform, ExitCode.OK)) {
            try {
                PlatformRoom.open(platform);
                start(platform, console, out);
            } catch (ToolException failed) {
                stop.parkIfRequested();
                throw failed;
            }
            new CountDownLatch(1).await();
            return ExitCode.OK;
        }
    }

    private void start(Platform platform, PlatformConsole console, PrintWriter out) {
        var onSale = new AtomicReference<>("");
        var time = platform.start(context -> {
            onSale.set(StarterShop.tellOf(context));
            console.say("shop", onSale.get());
        });
        console.close();
        var state = platform.state();
        out.println(options.json() ? Json.line(state) : StatusText.ready(state, time, onSale.get()));
        out.flush();
    }
}
