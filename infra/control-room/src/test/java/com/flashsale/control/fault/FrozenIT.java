package com.flashsale.control.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.engines.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class FrozenIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A parent with a child, as PostgreSQL is. */
    private Process parent;

    @BeforeEach
    void start() throws IOException {
        parent = new ProcessBuilder("/bin/sh", "-c", "sleep 300 & wait").start();
        await().atMost(PATIENCE).until(() -> parent.children().findAny().isPresent());
    }

    @AfterEach
    void stop() {
        parent.descendants().forEach(ProcessHandle::destroyForcibly);
        parent.destroyForcibly();
    }

    private static boolean isStopped(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
        } catch (IOException gone) {
            return false;
        }
    }

    private boolean allStopped() {
        return isStopped(parent.pid()) && parent.descendants().allMatch(child -> isStopped(child.pid()));
    }

    private boolean noneStopped() {
        return !isStopped(parent.pid()) && parent.descendants().noneMatch(child -> isStopped(child.pid()));
    }

    private ProcessIdentity identity() {
        return ProcessIdentity.of(parent.pid()).orElseThrow();
    }

    @Test
    void a_frozen_process_and_its_children_stop_and_go_on() throws IOException {
        try (var _ = Frozen.freeze(identity())) {
            await().atMost(PATIENCE).until(this::allStopped);
        }
        assertThat(noneStopped()).isTrue();
    }

    @Test
    void a_slowed_process_stops_again_and_again_and_goes_on_at_the_end() throws IOException {
        try (var _ = Frozen.slow(identity())) {
            for (int i = 0; i < 2; i++) {
                await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(this::allStopped);
                await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(this::noneStopped);
            }
        }
        await().atMost(PATIENCE).until(this::noneStopped);
    }

    @Test
    void a_process_goes_on_when_the_process_that_froze_it_is_killed() throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var fixture = new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        FreezeFixture.class.getName(),
                        Long.toString(parent.pid()))
                .start();
        try {
            await().atMost(PATIENCE).until(this::allStopped);
        } finally {
            fixture.destroyForcibly();
        }
        await().atMost(PATIENCE).until(this::noneStopped);
        assertThat(parent.isAlive()).isTrue();
    }
}
