package com.flashsale.manifests.scripts;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A cluster that only records: the script {@code recorder} stands for kubectl, kind and docker on the PATH of a command
 * of {@code k8s/}. The build of an overlay is the real one.
 */
final class RecordedCluster {

    static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    private static final Path RECORDER =
            Path.of("src/test/resources/scripts/recorder").toAbsolutePath();
    private static final Path BUILDS = Path.of("target/builds").toAbsolutePath();
    private static final List<String> SHELL_TOOLS = List.of(
            "sh",
            "awk",
            "sed",
            "grep",
            "mktemp",
            "rm",
            "cat",
            "head",
            "base64",
            "tr",
            "sort",
            "date",
            "sleep",
            "mkdir",
            "dirname",
            "basename");
    private static final int SECONDS = 60;

    private final Path folder;
    private final Path tools;

    /** @param tools of kubectl, kind and docker, those that this machine has */
    RecordedCluster(Path folder, String... tools) throws IOException {
        this.folder = folder;
        this.tools = Files.createDirectories(folder.resolve("bin"));
        Files.createDirectories(folder.resolve("secrets"));
        Files.createDirectories(folder.resolve("answers"));
        Files.createDirectories(BUILDS);
        // copies and a folder outside: JUnit warns of each link that it deletes
        for (var tool : tools) {
            var copy = Files.copy(RECORDER, this.tools.resolve(tool));
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    RecordedCluster answers(String question, String answer) throws IOException {
        Files.writeString(folder.resolve("answers").resolve(question), answer);
        return this;
    }

    /** @param part of the calls that end with 1; empty for none */
    RecordedCluster refuses(String part) throws IOException {
        Files.writeString(folder.resolve("fails"), part);
        return this;
    }

    /** @param calls in their order, each "tool arguments" */
    record Run(int code, String output, List<String> calls) {

        /** Those that could change something: neither builds nor questions. */
        List<String> changes() {
            return calls.stream()
                    .filter(call -> !call.matches("kubectl (?:kustomize|get|wait|rollout status|logs) .*"
                            + "|kind get .*|docker (?:info|image inspect) .*"))
                    .toList();
        }
    }

    Run run(String script, String... arguments) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("calls"), "");
        var command = new ArrayList<>(List.of("/bin/sh", "k8s/" + script));
        command.addAll(List.of(arguments));
        var output = folder.resolve("output");
        var builder = new ProcessBuilder(command)
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        var environment = builder.environment();
        environment.put("PATH", tools + File.pathSeparator + shellTools());
        environment.put("RECORDER", folder.toString());
        environment.put("BUILDS", BUILDS.toString());
        environment.put("REAL_KUBECTL", kubectl().toString());
        var process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(command + " does not end; so far:\n" + Files.readString(output));
        }
        return new Run(process.exitValue(), Files.readString(output), Files.readAllLines(folder.resolve("calls")));
    }

    List<String> secrets() throws IOException {
        try (var files = Files.list(folder.resolve("secrets"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    String secret(String name) throws IOException {
        return Files.readString(folder.resolve("secrets").resolve(name));
    }

    void lose(String secret) throws IOException {
        Files.delete(folder.resolve("secrets").resolve(secret));
    }

    static Path kubectl() {
        var found = onPath("kubectl");
        if (found.isPresent()) return found.get();
        var missing = "kubectl is not on the PATH, so no overlay can be built: see k8s/README.md";
        if ("true".equals(System.getenv("CI"))) throw new IllegalStateException(missing);
        return Assumptions.abort(missing);
    }

    static Optional<Path> onPath(String tool) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(path -> Path.of(path, tool))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A folder with the tools of a shell alone, so that a machine with kubectl can do without it. */
    private static synchronized Path shellTools() throws IOException {
        var folder = Files.createDirectories(Path.of("target/shell").toAbsolutePath());
        for (var tool : SHELL_TOOLS) {
            if (!Files.exists(folder.resolve(tool))) Files.createSymbolicLink(folder.resolve(tool), installed(tool));
        }
        return folder;
    }

    private static Path installed(String tool) {
        return onPath(tool).orElseThrow(() -> new IllegalStateException(tool + " is not on the PATH"));
    }
}
