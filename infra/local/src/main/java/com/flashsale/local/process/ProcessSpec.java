package com.flashsale.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A child process: what it runs, the only environment it gets, and where its output goes.
 *
 * <p>It is started deaf to Ctrl+C: the terminal sends that to every process of the group, but who stops in which order
 * is the supervisor's business.
 */
public record ProcessSpec(List<String> command, Map<String, String> environment, Path directory, Path log) {

    private static final List<String> DEAF_TO_CTRL_C = List.of("/bin/sh", "-c", "trap '' INT; exec \"$@\"", "sh");

    public ProcessSpec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    public Process start() throws IOException {
        Files.createDirectories(log.toAbsolutePath().getParent());
        Files.createDirectories(directory);
        var whole = new ArrayList<>(DEAF_TO_CTRL_C);
        whole.addAll(command);
        var builder = new ProcessBuilder(whole)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }
}
