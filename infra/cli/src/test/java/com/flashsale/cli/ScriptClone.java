package com.flashsale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script in a clone of its own, with an empty environment, tools that are known, and JDKs and a Maven made of
 * shell.
 */
abstract class ScriptClone {

    /** All that the script may use beside the shell. No java, no mvn. */
    private static final List<String> TOOLS = List.of(
            "sh",
            "env",
            "cat",
            "cksum",
            "cp",
            "cut",
            "dirname",
            "find",
            "getent",
            "grep",
            "head",
            "id",
            "mkdir",
            "mv",
            "printf",
            "readlink",
            "rm",
            "sed",
            "sleep",
            "tail",
            "tr",
            "uname",
            "wc",
            "touch");

    static final List<String> MODULES = List.of(
            "discovery",
            "gateway",
            "auth-service",
            "catalog-service",
            "inventory-service",
            "order-service",
            "waitlist-service",
            "infra/payment-simulator",
            "infra/cli");

    @TempDir
    Path directory;

    Path clone;
    Path tools;
    Path jdks;

    record Ended(int code, String output) {}

    @BeforeEach
    void make_a_clone_and_a_machine_without_java() throws IOException {
        clone = Files.createDirectories(directory.resolve("a clone"));
        tools = Files.createDirectories(directory.resolve("tools"));
        jdks = Files.createDirectories(directory.resolve("jdks"));
        Files.copy(Path.of("..", "..", "flashsale"), clone.resolve("flashsale"));
        executable(clone.resolve("flashsale"));
        Files.writeString(clone.resolve("pom.xml"), "<project/>");
        for (var tool : TOOLS) {
            for (var place : List.of("/bin", "/usr/bin")) {
                var program = Path.of(place, tool);
                if (Files.isExecutable(program) && !Files.exists(tools.resolve(tool))) {
                    Files.createSymbolicLink(tools.resolve(tool), program);
                }
            }
        }
    }

    Path jdk(Path home, String version) throws IOException {
        Files.createDirectories(home.resolve("bin"));
        var java = home.resolve("bin/java");
        Files.writeString(java, """
                #!/bin/sh
                for options in "${JAVA_TOOL_OPTIONS:-}" "${JDK_JAVA_OPTIONS:-}" "${_JAVA_OPTIONS:-}"; do
                    case $options in *javaagent*) echo 'Error opening zip file' >&2; exit 1 ;; esac
                    [ -z "$options" ] || echo "Picked up JAVA_OPTIONS: $options" >&2
                done
                if [ "$1" = -version ]; then echo 'openjdk version "%1$s" 2026-09-15' >&2; exit 0; fi
                printf 'ran %1$s in %%s:' "${LC_ALL:-}"
                while [ "$#" -gt 0 ] && [ "$1" != com.flashsale.cli.Main ]; do shift; done
                printf ' [%%s]' "$@"
                """.formatted(version));
        Files.writeString(home.resolve("bin/javac"), "#!/bin/sh\n");
        executable(java);
        executable(home.resolve("bin/javac"));
        return home;
    }

    void maven(String script) throws IOException {
        Files.writeString(tools.resolve("mvn"), "#!/bin/sh\n" + script);
        executable(tools.resolve("mvn"));
    }

    void pretendThatAllIsBuilt() throws IOException {
        for (var module : MODULES) {
            var target = Files.createDirectories(clone.resolve(module).resolve("target"));
            Files.writeString(target.resolve(Path.of(module).getFileName() + ".jar"), "jar");
        }
        Files.createDirectories(clone.resolve("infra/cli/target/lib"));
        Files.writeString(clone.resolve("infra/cli/target/lib/engines-1.jar"), "jar");
    }

    /** From another directory, with nothing in the environment but the tools' place and where to look for JDKs. */
    Ended run(Map<String, String> more, String... arguments) throws IOException, InterruptedException {
        return run(clone.resolve("flashsale"), more, arguments);
    }

    Ended run(Path script, Map<String, String> more, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        var output = directory.resolve("output");
        var builder = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment()
                .putAll(new TreeMap<>(Map.of("PATH", tools.toString(), "FLASHSALE_JDKS", jdks.toString())));
        builder.environment().putAll(more);
        var process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new Ended(process.exitValue(), Files.readString(output));
        } finally {
            process.destroyForcibly();
        }
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
