package com.flashsale.cli;

import com.flashsale.client.Home;
import com.flashsale.client.loadtest.LoadTestCommandLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Runs the load tests and waits for their end. */
public final class LoadTool {

    private final Home home;

    public LoadTool(Home home) {
        this.home = home;
    }

    /** Runs it in the foreground and returns its exit code. */
    public int run(List<String> arguments) throws IOException, InterruptedException {
        var process = new ProcessBuilder(LoadTestCommandLine.of(home, arguments))
                .inheritIO()
                .start();
        // a TERM reaches this process alone, and its load must not outlive it
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "end-load"));
        return process.waitFor();
    }

    /** Checks the arguments without a run, and returns the exit code. */
    public int check(List<String> arguments) throws IOException, InterruptedException {
        var check = new ArrayList<>(List.of("--parse-only"));
        check.addAll(arguments);
        return run(check);
    }
}
