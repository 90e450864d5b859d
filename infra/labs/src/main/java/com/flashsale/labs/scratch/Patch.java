package com.flashsale.labs.scratch;

import com.flashsale.client.ToolException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Applies a patch to a scratch copy by {@code git apply}. The copy may lie below a clone, and git must not take it for
 * a part of that: it would skip the files.
 */
public final class Patch {

    private static final long TIMEOUT_SECONDS = 20;

    private final String git;

    public Patch() {
        this("git");
    }

    public Patch(String git) {
        this.git = git;
    }

    /** Nothing when the patch was applied; else the reasons of git. */
    public List<String> apply(Path patch, Path copy) throws IOException, InterruptedException {
        return run(patch, copy, List.of());
    }

    public List<String> reverse(Path patch, Path copy) throws IOException, InterruptedException {
        return run(patch, copy, List.of("--reverse"));
    }

    private List<String> run(Path patch, Path copy, List<String> options) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(git, "apply", "--whitespace=nowarn"));
        command.addAll(options);
        command.add(patch.toAbsolutePath().toString());
        var builder = new ProcessBuilder(command).directory(copy.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        builder.environment()
                .put("GIT_CEILING_DIRECTORIES", String.valueOf(copy.toRealPath().getParent()));
        var process = started(builder);
        try (var output = process.inputReader(StandardCharsets.UTF_8)) {
            var lines = output.lines().toList();
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) return List.of("git does not end");
            return process.exitValue() == 0 ? List.of() : lines.isEmpty() ? List.of("git apply failed") : lines;
        } finally {
            process.destroyForcibly();
        }
    }

    private Process started(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException missing) {
            throw ToolException.prerequisite(
                    "git was not found, and a lab applies its patch by git: install it (apt-get install git).");
        }
    }
}
