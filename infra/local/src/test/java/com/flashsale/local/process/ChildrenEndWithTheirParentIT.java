package com.flashsale.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.engines.OrphanReaper;
import com.flashsale.engines.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildrenEndWithTheirParentIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    @Test
    void a_child_does_not_survive_a_supervisor_that_is_killed_without_warning() throws IOException {
        var supervisor = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OrphanFixture.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("supervisor.log").toFile())
                .start();
        try {
            var file = directory.resolve("child.pid");
            await().atMost(SOON).until(() -> Files.exists(file));
            var child =
                    ProcessIdentity.of(Long.parseLong(Files.readString(file))).orElseThrow();
            assertThat(child.isAlive()).isTrue();

            supervisor.destroyForcibly();

            await().atMost(SOON).until(() -> !child.isAlive());
        } finally {
            supervisor.destroyForcibly();
        }
    }

    @Test
    void a_child_that_ignores_the_polite_request_is_killed() throws IOException {
        var child = ChildProcess.start(
                SmallProcess.shell(directory, "stubborn", "trap '' TERM; touch ready; while :; do sleep 1; done"),
                OrphanReaper.start(directory.resolve("reapers")));
        await().atMost(SOON).until(() -> Files.exists(directory.resolve("ready")));

        child.stop(Duration.ofMillis(300));

        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void a_child_sees_no_variable_that_it_was_not_given() throws IOException {
        var child = ChildProcess.start(
                SmallProcess.shell(directory, "env", "env"), OrphanReaper.start(directory.resolve("reapers")));
        await().atMost(SOON).until(() -> !child.isAlive());

        assertThat(Files.readAllLines(directory.resolve("env.log")))
                .filteredOn(line -> !line.startsWith("PWD=") && !line.startsWith("_=") && !line.startsWith("SHLVL="))
                .containsExactly("PATH=/usr/local/bin:/usr/bin:/bin");
    }
}
