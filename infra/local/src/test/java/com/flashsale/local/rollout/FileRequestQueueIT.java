package com.flashsale.local.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.flashsale.client.ExitCode;
import com.flashsale.client.Home;
import com.flashsale.client.ToolException;
import com.flashsale.client.platform.PlatformState;
import com.flashsale.client.platform.StateFile;
import com.flashsale.client.topology.Instance;
import com.flashsale.client.topology.Services;
import com.flashsale.engines.ProcessIdentity;
import com.flashsale.local.console.PlatformConsole;
import com.flashsale.local.service.Release;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command and the process that runs the platform, by real files; only the replicas are none. */
class FileRequestQueueIT {

    private static final Instance FIRST =
            new Instance(Services.named("order-service").orElseThrow(), 1);

    @TempDir
    Path directory;

    private final FakeReplicas replicas = new FakeReplicas();
    private final List<Boolean> rolling = new CopyOnWriteArrayList<>();
    private final StringWriter shown = new StringWriter();
    private Home home;
    private RolloutServer server;

    @BeforeEach
    void a_platform_runs() throws IOException {
        home = new Home(directory, directory.resolve("run"));
        replicas.running.put(
                FIRST, Release.of(FIRST.service(), jar("old", "order-service"), home, Duration.ofMinutes(1)));
        platformIs("READY");
        server = RolloutServer.open(home, replicas, quiet(), rolling::add);
    }

    @AfterEach
    void it_ends() {
        server.close();
    }

    @Test
    void a_command_sees_each_step_and_how_it_ended_and_undo_goes_back_to_the_release_before() throws Exception {
        var old = replicas.releaseIn(FIRST);

        var result = ask(jar("new", "order-service").toString());

        assertThat(result).isEqualTo(new Request.Result(ExitCode.OK, "Done."));
        assertThat(shown.toString()).contains("order-service-2: is ready and known", "order-service-2: has ended");
        assertThat(replicas.releaseIn(FIRST).version()).isNotEqualTo(old.version());
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(rolling).containsExactly(true, false));

        assertThat(ask(null).exitCode()).isEqualTo(ExitCode.OK);

        assertThat(replicas.releaseIn(FIRST)).isSameAs(old);
    }

    @Test
    void a_failure_is_told_with_its_last_words() throws Exception {
        replicas.faults.add("start order-service-2");

        var result = ask(jar("new", "order-service").toString());

        assertThat(result.exitCode()).isEqualTo(ExitCode.START_FAILED);
        assertThat(result.lines()).contains("start order-service-2 went wrong", "its last words");
    }

    @Test
    void a_request_without_sense_is_refused_and_changes_nothing() throws Exception {
        assertThat(ask(null).lines()).contains("has run nothing else");
        assertThat(ask(jar("same", "old", "order-service").toString()).lines()).contains("already");
        assertThat(ask(jar("stranger", "catalog-service").toString()).lines()).contains("is no order-service but");
        assertThat(ask(directory.resolve("nothing.jar").toString()).lines()).contains("cannot be run");
        assertThat(replicas.events).isEmpty();
        for (var fixed : List.of("gateway", "discovery", "payment-simulator", "redis")) {
            assertThatExceptionOfType(ToolException.class)
                    .isThrownBy(() -> client().run(new Request(fixed, "any.jar", 10)))
                    .satisfies(refused -> assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE));
        }
    }

    @Test
    void a_restart_names_a_service_or_one_copy_and_is_no_rollout() throws Exception {
        replicas.running.put(new Instance(FIRST.service(), 2), replicas.releaseIn(FIRST));

        var result = client().run(Request.restarting("order-service"));

        assertThat(result.exitCode()).isZero();
        assertThat(replicas.events).containsExactly("restart order-service", "restart order-service-2");
        assertThat(shown.toString()).contains("order-service-2: is ready");
        assertThat(rolling).isEmpty();
        assertThat(client().run(Request.restarting("order-service-2")).exitCode())
                .isZero();
        assertThat(replicas.events).hasSize(3);
        assertThat(client().run(Request.restarting("shoe")).exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void only_the_owner_may_leave_requests_and_those_for_an_earlier_platform_are_forgotten() throws Exception {
        server.close();
        var queue = new FileRequestQueue(home);
        queue.put(new Request("order-service", jar("new", "order-service").toString(), 10));

        server = RolloutServer.open(home, replicas, quiet(), rolling::add);

        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(home.run().resolve("rollouts"))))
                .isEqualTo("rwx------");
        assertThat(queue.take()).isEmpty();
        assertThat(replicas.events).isEmpty();
    }

    @Test
    void a_request_is_taken_once_or_taken_back_but_never_both() throws Exception {
        server.close();
        var queue = new FileRequestQueue(home);
        var name = queue.put(new Request("order-service", null, 10));

        assertThat(queue.takeBack(name)).isTrue();
        assertThat(queue.take()).isEmpty();

        var other = queue.put(new Request("order-service", null, 10));
        assertThat(queue.take()).get().returns(other, FileRequestQueue.Taken::name);
        assertThat(queue.takeBack(other)).isFalse();
    }

    @Test
    void without_a_platform_or_while_one_rolls_nothing_is_asked() throws Exception {
        platformIs("ROLLING");
        assertThatExceptionOfType(ToolException.class)
                .isThrownBy(() -> ask(null))
                .withMessageContaining("ROLLING");
        new StateFile(home).remove();
        assertThatExceptionOfType(ToolException.class)
                .isThrownBy(() -> ask(null))
                .withMessageContaining("Nothing runs here");
    }

    private Request.Result ask(String jar) throws IOException, InterruptedException {
        return client().run(new Request("order-service", jar, 60));
    }

    private RolloutClient client() {
        return new RolloutClient(home, new PrintWriter(shown, true));
    }

    private static PlatformConsole quiet() {
        return PlatformConsole.of(new PrintWriter(OutputStream.nullOutputStream()), false, true, Map.of());
    }

    /** Run by this very process, which lives. */
    private void platformIs(String state) {
        var self = ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();
        new StateFile(home)
                .write(new PlatformState(
                        state,
                        "http://localhost:8080",
                        8080,
                        Instant.parse("2026-11-27T12:00:00Z"),
                        31.0,
                        new PlatformState.Supervisor(self.pid(), self.started(), 0),
                        0,
                        List.of(),
                        List.of()));
    }

    private Path jar(String content, String title) throws IOException {
        return jar(content, content, title);
    }

    /** As small as an executable jar can be. */
    private Path jar(String file, String content, String title) throws IOException {
        var manifest = new Manifest();
        var main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(Attributes.Name.IMPLEMENTATION_TITLE, title);
        main.put(Attributes.Name.IMPLEMENTATION_VERSION, "1.0.0");
        main.putValue("Start-Class", "Main");
        var path = directory.resolve(file + ".jar");
        try (var jar = new JarOutputStream(Files.newOutputStream(path), manifest)) {
            jar.putNextEntry(new ZipEntry("BOOT-INF/classpath.idx"));
            jar.putNextEntry(new ZipEntry("BOOT-INF/classes/content.txt"));
            jar.write(content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            jar.closeEntry();
        }
        return path;
    }
}
