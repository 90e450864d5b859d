package com.flashsale.local.compose;

import com.flashsale.client.Home;
import com.flashsale.client.Json;
import com.flashsale.client.ToolException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;

/** The few things that are asked of {@code docker compose} for {@code compose.yaml}. */
final class DockerCompose {

    private static final Duration SHORT = Duration.ofSeconds(30);
    private static final Duration BUILD = Duration.ofMinutes(15);

    /**
     * @param service its name in the file
     * @param state running, exited, restarting, created ...
     * @param health healthy, unhealthy, starting, or empty where there is no health check
     * @param exitCode of one that has exited
     */
    record Container(String service, String state, String health, int exitCode) {

        /** They do their work and end. */
        private static final Set<String> ONE_SHOTS = Set.of("credentials", "starter");

        /** Ready for others. */
        boolean isReady() {
            return ONE_SHOTS.contains(service)
                    ? state.equals("exited") && exitCode == 0
                    : state.equals("running") && (health.isEmpty() || health.equals("healthy"));
        }

        boolean hasFailed() {
            return (state.equals("exited") && exitCode != 0) || state.equals("restarting") || state.equals("dead");
        }
    }

    private final Home home;

    DockerCompose(Home home) {
        this.home = home;
    }

    /** Exit code 3 with what to do where docker or compose is missing. */
    void require() {
        try {
            if (run(SHORT, "docker", "compose", "version").exitCode() != 0) {
                throw ToolException.prerequisite(
                        "docker has no compose plugin. Debian, Ubuntu: apt-get install docker-compose-v2;"
                                + " or start without Docker: ./flashsale up");
            }
            if (run(SHORT, "docker", "info").exitCode() != 0) {
                throw ToolException.prerequisite(
                        "docker is installed, but no engine answers. Start it (systemctl start docker),"
                                + " or start without Docker: ./flashsale up");
            }
        } catch (IOException missing) {
            throw ToolException.prerequisite(
                    "docker was not found. Install it, or start without Docker: ./flashsale up");
        }
    }

    void build() {
        must(BUILD, "--profile", "tools", "build", "--quiet");
    }

    /**
     * Begins to start everything in the order of the file; the process ends when all is healthy, or when something is
     * not.
     */
    Process start() {
        try {
            return new ProcessBuilder(command("up", "-d", "--wait"))
                    .directory(home.root().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log().toFile())
                    .start();
        } catch (IOException e) {
            throw ToolException.startFailed("docker compose cannot be started: " + e.getMessage(), List.of());
        }
    }

    Path log() {
        return home.run().resolve("compose.log");
    }

    List<Container> containers() {
        var containers = new ArrayList<Container>();
        must(SHORT, "ps", "--all", "--format", "json").lines().forEach(line -> {
            try {
                var row = Json.MAPPER.readTree(line);
                containers.add(new Container(
                        row.path("Service").asString(),
                        row.path("State").asString(),
                        row.path("Health").asString(),
                        row.path("ExitCode").asInt()));
            } catch (JacksonException notARow) {
                throw ToolException.startFailed("docker compose ps printed " + line, List.of());
            }
        });
        return containers;
    }

    List<String> services() {
        return must(SHORT, "config", "--services").lines().sorted().toList();
    }

    List<String> lastLines(String service) {
        return must(SHORT, "logs", "--no-color", "--no-log-prefix", "--tail", "20", service)
                .lines()
                .toList();
    }

    /** The credentials of the tools, which live in a volume. */
    String secrets() {
        return must(
                SHORT,
                "--profile",
                "tools",
                "run",
                "--rm",
                "--no-deps",
                "-T",
                "--entrypoint",
                "cat",
                "tools",
                "/var/flashsale/secrets");
    }

    private String must(Duration limit, String... arguments) {
        try {
            var answer = run(limit, command(arguments).toArray(String[]::new));
            if (answer.exitCode() != 0) {
                throw ToolException.startFailed(
                        "docker compose " + String.join(" ", arguments) + " failed:",
                        answer.output().lines().toList());
            }
            return answer.output();
        } catch (IOException e) {
            throw ToolException.startFailed("docker compose cannot be run: " + e.getMessage(), List.of());
        }
    }

    private List<String> command(String... arguments) {
        var command = new ArrayList<>(List.of(
                "docker",
                "compose",
                "--ansi",
                "never",
                "-f",
                home.root().resolve("compose.yaml").toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private record Result(int exitCode, String output) {}

    private Result run(Duration limit, String... command) throws IOException {
        var output = home.run().resolve("compose.out");
        var errors = home.run().resolve("compose.err");
        var process = new ProcessBuilder(command)
                .directory(home.root().toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return new Result(-1, "no answer within " + limit.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return new Result(-1, "interrupted");
        }
        var text = java.nio.file.Files.readString(output, StandardCharsets.UTF_8);
        return process.exitValue() == 0
                ? new Result(0, text)
                : new Result(
                        process.exitValue(), text + java.nio.file.Files.readString(errors, StandardCharsets.UTF_8));
    }
}
