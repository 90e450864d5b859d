package com.flashsale.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** The command {@code flashsale} as a process, exactly as the script starts it, with a state directory of its own. */
final class FlashsaleCommand {

    static final Path ROOT = Path.of(System.getProperty("flashsale.root", "../.."))
            .toAbsolutePath()
            .normalize();

    private final Path run;

    FlashsaleCommand(Path run) {
        this.run = run.toAbsolutePath();
    }

    record Result(int exitCode, String output) {}

    Path run() {
        return run;
    }

    /** Starts a command that goes on; its output goes to a file. */
    Process start(Path output, String... arguments) throws IOException {
        Files.createDirectories(run);
        return new ProcessBuilder(command(arguments))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(new File("/dev/null"))
                .start();
    }

    Result run(String... arguments) {
        return run(Duration.ofMinutes(2), arguments);
    }

    Result run(Duration patience, String... arguments) {
        try {
            var output = Files.createTempFile("command", ".out");
            var process = start(output, arguments);
            if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(String.join(" ", arguments) + " did not end");
            }
            var text = Files.readString(output, UTF_8);
            Files.delete(output);
            return new Result(process.exitValue(), text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    JsonNode status() {
        return Api.JSON.readTree(run("status", "--json").output());
    }

    private List<String> command(String... arguments) {
        var cli = ROOT.resolve("infra/cli/target");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Dflashsale.root=" + ROOT,
                "-Dflashsale.run=" + run,
                "-cp",
                cli.resolve("cli.jar") + File.pathSeparator + cli.resolve("lib") + "/*",
                "com.flashsale.cli.Main"));
        command.addAll(List.of(arguments));
        return command;
    }
}
