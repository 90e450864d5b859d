package com.flashsale.cli;

import com.flashsale.client.Home;
import com.flashsale.client.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The module {@code load-tests} as a process: it needs memory that the command should not have, and its processor time
 * must be told apart from the platform's. It finds the platform by the same two directories as this process does.
 */
public final class LoadTool {

    private static final String HEAP = "-Xmx1g";

    private final Home home;

    public LoadTool(Home home) {
        this.home = home;
    }

    /** Runs it in the foreground and returns its exit code. */
    public int run(List<String> arguments) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command(arguments)).inheritIO().start();
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

    private List<String> command(List<String> arguments) {
        var jar = home.jar("load-tests");
        if (!Files.exists(jar)) {
            throw ToolException.prerequisite(
                    "The load tests are not built. Build them: mvn -pl load-tests -am package -DskipTests");
        }
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(HEAP, "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
        command.add("-Dlogback.configurationFile=load-logback.xml");
        command.add("-Dflashsale.root=" + home.root());
        command.add("-Dflashsale.run=" + home.run());
        command.addAll(List.of("-cp", jar + ":" + jar.resolveSibling("lib") + "/*", "com.flashsale.load.Main"));
        command.addAll(arguments);
        return command;
    }
}
