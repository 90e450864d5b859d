package com.flashsale.cli;

import com.flashsale.client.ExitCode;
import com.flashsale.client.Home;
import com.flashsale.client.platform.StateFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs {@code up} in a process that outlives this one, shows what it says, and returns when it is ready or has failed.
 */
final class DetachedUp {

    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    /** Deaf to Ctrl+C and to the end of the terminal: only {@code down} or a TERM stops it. */
    private static final List<String> DEAF = List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh");

    private final Home home;
    private final PrintWriter out;

    DetachedUp(Home home, PrintWriter out) {
        this.home = home;
        this.out = out;
    }

    int run(List<String> arguments) throws IOException, InterruptedException {
        var log = home.run().resolve("up.log");
        Files.createDirectories(home.run());
        var command = new ArrayList<>(DEAF);
        command.add(home.root().resolve("flashsale").toString());
        arguments.stream()
                .filter(argument -> !argument.equals("--detach") && !argument.equals("--plain"))
                .forEach(command::add);
        command.add("--plain");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(log.toFile())
                .start();
        long shown = 0;
        while (process.isAlive() && !isReady()) {
            Thread.sleep(LOOK_EVERY);
            shown = show(log, shown);
        }
        Thread.sleep(LOOK_EVERY);
        show(log, shown);
        return process.isAlive() ? ExitCode.OK : process.exitValue();
    }

    private boolean isReady() {
        return new StateFile(home)
                .running()
                .filter(state -> state.state().equals("READY"))
                .isPresent();
    }

    private long show(Path log, long from) throws IOException {
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            var bytes = new byte[(int) Math.min(1 << 20, file.length() - from)];
            file.seek(from);
            file.readFully(bytes);
            out.print(new String(bytes, StandardCharsets.UTF_8));
            out.flush();
            return from + bytes.length;
        }
    }
}
