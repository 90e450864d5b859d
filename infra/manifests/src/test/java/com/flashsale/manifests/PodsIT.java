package com.flashsale.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pods of the overlay load-test on a Docker engine, created and named as their manifests say. The test sells units
 * on them, and the pod of the load test runs to its end, its audit included. It needs the images of this clone
 * ({@code infra/images}), so it runs only with {@code -Dpods=true}.
 */
@EnabledIfSystemProperty(named = "pods", matches = "true")
class PodsIT {

    private static final String PROJECT = "flash-sale-pods";
    /** The crowd sends requests only to the loopback address of one container. */
    private static final String BESIDE_THE_GATEWAY = "container:" + PROJECT + "-gateway";

    private static final String HELPER = "eclipse-temurin:25-jre";
    /** The exit code of flash-sale/cli when a command ran to its end and a condition does not hold. */
    private static final int CONDITION_FAILED = 5;

    private static final Duration COMMAND = Duration.ofMinutes(5);
    /**
     * The wait for eleven processes that start at once on a small machine; a kubelet would have restarted some of them
     * by then.
     */
    private static final Duration START = Duration.ofMinutes(8);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    private static final Build LOCAL = Overlays.build("local");
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Prints one message of a second that has a judged light; loopback of the pod, as kubectl port-forward. */
    private static final String WATCH = """
            exec 3<>/dev/tcp/127.0.0.1/8134
            printf 'GET /control/events HTTP/1.0\\r\\nHost: localhost:8134\\r\\n\\r\\n' >&3
            while read -r -t 20 line <&3; do
                case $line in *'"colour":"GREEN"'*) printf '%s' "$line"; exit 0 ;; esac
            done
            exit 1
            """;

    private final Build build = Overlays.build("load-test");

    @TempDir
    private Path directory;

    private List<DockerPod> servers = List.of();

    @BeforeEach
    void start() throws Exception {
        remove();
        // addresses of the pods' range, which the gateway believes
        var range = build.platform("FLASHSALE_TRUSTED_PROXIES").replaceFirst("/\\d+$", "/24");
        docker("network", "create", "--subnet", range, "--label", PROJECT, PROJECT);
        var pods = new ArrayList<DockerPod>();
        for (var pod : build.pods()) {
            var folder = Files.createDirectories(directory.resolve(pod.name()));
            var container = new DockerPod(build, pod, folder, List.of(build, LOCAL));
            container.words(PROJECT, PROJECT);
            pods.add(container);
        }
        var owned = new ArrayList<>(pods);
        owned.add(demo());
        owned.getLast().words(BESIDE_THE_GATEWAY, PROJECT);
        var room = ofLocal("Deployment", "control-room");
        room.words(PROJECT, PROJECT);
        owned.add(room);
        own(owned);
        servers = Stream.concat(pods.stream(), Stream.of(room))
                .filter(pod -> !pod.readiness().isEmpty())
                .toList();
        for (var server : servers) {
            var words = new ArrayList<>(List.of("run", "--detach", "--restart", "unless-stopped"));
            if (server.name().equals("gateway")) words.addAll(List.of("--publish", "127.0.0.1::8080"));
            run(words, server, PROJECT, server.arguments());
        }
        for (var server : servers) awaitReady(server);
    }

    @AfterEach
    void remove() throws Exception {
        var left = docker("ps", "--all", "--quiet", "--filter", "label=" + PROJECT)
                .lines()
                .toList();
        if (!left.isEmpty()) {
            var words = new ArrayList<>(List.of("rm", "--force", "--volumes"));
            words.addAll(left);
            docker(words.toArray(String[]::new));
        }
        if (!docker("network", "ls", "--quiet", "--filter", "label=" + PROJECT).isBlank())
            docker("network", "rm", PROJECT);
        // the files of the databases belong to other users, so a container deletes them
        if (Files.exists(directory))
            docker("run", "--rm", "--volume", directory + ":/volumes", HELPER, "bash", "-c", "rm -rf /volumes/*");
    }

    @Test
    void a_sale_on_the_pods_is_audited_green_and_the_load_tests_own_pod_finds_all_in_order() throws Exception {
        var played = run(List.of("run"), demo(), BESIDE_THE_GATEWAY, demo().arguments());
        assertThat(played).contains("every unit sold once, everybody told");
        theControlRoomShowsIt();

        var job = new DockerPod(
                build, Build.pod(build.find("Job", "load-test").orElseThrow()), directory.resolve("load-test"));
        var loadTest = said(command(List.of("run"), job, BESIDE_THE_GATEWAY, List.of("smoke")));
        assertThat(loadTest.text()).contains("audit green");
        // a machine with other work sends visits late, which is no fault of the platform
        assertThat(loadTest.text().lines().filter(line -> line.contains("FAILS")))
                .as(loadTest.text())
                .allMatch(line -> line.contains("FAILS everything was seen:"));
        assertThat(loadTest.code()).as(loadTest.text()).isIn(0, CONDITION_FAILED);
    }

    private DockerPod demo() throws IOException {
        return ofLocal("Job", "demo");
    }

    /** A pod that only the overlay local has. */
    private DockerPod ofLocal(String kind, String name) throws IOException {
        return new DockerPod(
                LOCAL,
                Build.pod(LOCAL.find(kind, name).orElseThrow()),
                Files.createDirectories(directory.resolve(name)));
    }

    /** All that the overlay has is ready; it has no registry, which the room expects. */
    private static void theControlRoomShowsIt() throws Exception {
        await().atMost(COMMAND).untilAsserted(() -> {
            var message = docker("exec", PROJECT + "-control-room", "/bin/bash", "-c", WATCH);
            var sample = JSON.readTree(message.substring(message.indexOf('{')));
            var states = new TreeMap<String, String>();
            sample.at("/sample/processes")
                    .forEach(one -> states.put(
                            one.path("id").asText(), one.path("state").asText()));
            assertThat(states)
                    .as(message)
                    .containsEntry("discovery-1", "SILENT")
                    .hasSize(11);
            states.remove("discovery-1");
            assertThat(states.values()).as(message).containsOnly("READY");
            assertThat(sample.at("/sample/redis/usedBytes").asLong())
                    .as(message)
                    .isPositive();
            assertThat(sample.at("/light/colour").asText()).as(message).isEqualTo("GREEN");
        });
    }

    private void own(List<DockerPod> pods) throws Exception {
        var script = new ArrayList<String>(List.of("set -e"));
        pods.forEach(pod -> script.addAll(pod.owners()));
        docker("run", "--rm", "--volume", directory + ":/volumes", HELPER, "bash", "-c", String.join("\n", script));
    }

    private static String run(List<String> how, DockerPod pod, String network, List<String> arguments)
            throws Exception {
        return checked(command(how, pod, network, arguments));
    }

    private static List<String> command(List<String> how, DockerPod pod, String network, List<String> arguments)
            throws IOException {
        var words = new ArrayList<>(List.of("docker"));
        words.addAll(how);
        words.addAll(pod.words(network, PROJECT));
        words.add(pod.image());
        words.addAll(arguments);
        return words;
    }

    private static void awaitReady(DockerPod pod) throws Exception {
        var words = new ArrayList<>(List.of("docker", "exec", PROJECT + "-" + pod.name()));
        words.addAll(pod.readiness());
        try {
            await().atMost(START)
                    .pollInterval(LOOK_AGAIN)
                    .until(() -> said(words).code() == 0);
        } catch (ConditionTimeoutException _) {
            throw new AssertionError(
                    pod.name() + " is not ready: " + docker("logs", "--tail", "30", PROJECT + "-" + pod.name()));
        }
    }

    private static String docker(String... words) throws Exception {
        var command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(words));
        return checked(command);
    }

    private static String checked(List<String> command) throws Exception {
        var said = said(command);
        assertThat(said.code()).as("%s%n%s", command, said.text()).isZero();
        return said.text();
    }

    private record Said(int code, String text) {}

    private static Said said(List<String> command) throws Exception {
        // into a file, since a read of a pipe has no timeout
        var output = Files.createTempFile("docker", ".out");
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(COMMAND.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " does not end; so far:\n" + Files.readString(output));
            }
            return new Said(process.exitValue(), Files.readString(output).strip());
        } finally {
            Files.delete(output);
        }
    }
}
