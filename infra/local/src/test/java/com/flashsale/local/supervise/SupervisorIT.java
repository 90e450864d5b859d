package com.flashsale.local.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.flashsale.client.ExitCode;
import com.flashsale.client.ToolException;
import com.flashsale.engines.OrphanReaper;
import com.flashsale.local.process.BackOff;
import com.flashsale.local.supervise.ResourceStatus.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final BackOff.Limits QUICK = new BackOff.Limits(
            Duration.ofMillis(50), Duration.ofMillis(200), 3, Duration.ofMinutes(1), Duration.ofMillis(300));

    @TempDir
    Path directory;

    private final List<String> events = ShellResource.events();
    private OrphanReaper reaper;
    private Supervisor supervisor;
    private StatusBoard board;

    @BeforeEach
    void watch_over_children() {
        reaper = OrphanReaper.start(directory.resolve("reapers"));
    }

    @AfterEach
    void leave_nothing_running() {
        supervisor.stop();
        reaper.close();
    }

    @Test
    void a_resource_starts_after_all_that_it_needs_and_stops_before_them() {
        supervise(
                resource("database", Set.of(), "exec sleep 600"),
                resource("registry", Set.of(), "exec sleep 600"),
                resource("shop", Set.of("database", "registry"), "exec sleep 600"));

        supervisor.start();
        supervisor.stop();

        assertThat(events.indexOf("start shop")).isEqualTo(2);
        assertThat(events.indexOf("stop shop")).isEqualTo(3);
        assertThat(events).hasSize(6);
    }

    @Test
    void a_child_that_dies_is_started_again_and_counted() {
        supervise(resource("shop", Set.of(), "exec sleep 600"));
        supervisor.start();
        var first = status("shop").process();

        ProcessHandle.of(first.pid()).orElseThrow().destroyForcibly();

        await().atMost(SOON)
                .until(() -> status("shop").state() == State.READY
                        && !first.equals(status("shop").process()));
        assertThat(status("shop").restarts()).isEqualTo(1);
    }

    @Test
    void a_child_that_keeps_dying_has_failed_and_comes_back_by_itself_once_its_cause_is_mended() throws IOException {
        var mended = directory.resolve("mended");
        supervise(resource("shop", Set.of(), "test -e '%s' && exec sleep 600; exit 0".formatted(mended)));
        supervisor.start();

        await().atMost(SOON).until(() -> status("shop").state() == State.FAILED);
        assertThat(status("shop").note()).contains("died too often", "./flashsale restart shop");
        Files.createFile(mended);

        await().atMost(SOON).until(() -> status("shop").state() == State.READY && isAlive("shop"));
    }

    @Test
    void a_restart_does_not_wait_for_the_next_try_of_a_failed_child() throws IOException {
        var mended = directory.resolve("mended");
        var never = new BackOff.Limits(
                Duration.ofMillis(50), Duration.ofMillis(200), 3, Duration.ofMinutes(1), Duration.ofHours(1));
        supervise(never, resource("shop", Set.of(), "test -e '%s' && exec sleep 600; exit 0".formatted(mended)));
        supervisor.start();
        await().atMost(SOON).until(() -> status("shop").state() == State.FAILED);
        Files.createFile(mended);

        supervisor.restart("shop");

        assertThat(status("shop").state()).isEqualTo(State.READY);
        assertThat(isAlive("shop")).isTrue();
    }

    @Test
    void a_restart_of_a_child_that_runs_ends_it_and_counts_as_no_death() {
        supervise(resource("shop", Set.of(), "exec sleep 600"));
        supervisor.start();

        for (int i = 0; i < 6; i++) {
            var before = status("shop").process();
            supervisor.restart("shop");
            assertThat(before.isAlive()).isFalse();
            assertThat(status("shop").process()).isNotEqualTo(before);
        }

        var last = status("shop").process();
        ProcessHandle.of(last.pid()).orElseThrow().destroyForcibly();
        await().atMost(SOON).until(() -> status("shop").state() == State.READY && isAlive("shop"));
        assertThatExceptionOfType(ToolException.class)
                .isThrownBy(() -> supervisor.restart("shoe"))
                .withMessageContaining("shoe");
    }

    private boolean isAlive(String id) {
        var process = status(id).process();
        return process != null && process.isAlive();
    }

    @Test
    void a_failing_start_names_the_resource_its_last_words_and_a_command() {
        supervise(
                resource("database", Set.of(), "echo the disk is on fire; exit 1"),
                resource("shop", Set.of("database"), "exec sleep 600"));

        assertThatExceptionOfType(ToolException.class)
                .isThrownBy(() -> supervisor.start())
                .satisfies(failure -> {
                    assertThat(failure.exitCode()).isEqualTo(ExitCode.START_FAILED);
                    assertThat(failure.text())
                            .contains("database did not start")
                            .contains("the disk is on fire")
                            .contains("./flashsale logs database");
                });
        assertThat(events).doesNotContain("start shop");
    }

    @Test
    void nothing_is_started_again_once_the_stop_has_begun() {
        supervise(resource("shop", Set.of(), "exec sleep 600"));
        supervisor.start();

        supervisor.stop();

        assertThat(status("shop").state()).isEqualTo(State.STOPPED);
        assertThat(events).containsExactly("start shop", "stop shop");
    }

    @Test
    void one_more_is_kept_running_like_those_from_the_beginning_until_it_is_retired() {
        supervise(resource("shop", Set.of(), "exec sleep 600"));
        supervisor.start();

        supervisor.add(resource("shop-2", Set.of(), "exec sleep 600"));
        var first = status("shop-2").process();
        ProcessHandle.of(first.pid()).orElseThrow().destroyForcibly();
        await().atMost(SOON)
                .until(() -> status("shop-2"), now -> now.state() == State.READY && !first.equals(now.process()));
        supervisor.retire("shop-2");

        assertThat(board.all()).extracting(ResourceStatus::id).containsExactly("shop");
        assertThat(events).endsWith("start shop-2", "stop shop-2");
        assertThat(first.isAlive()).isFalse();
    }

    @Test
    void one_more_that_does_not_come_up_is_forgotten_with_its_last_words() {
        supervise(resource("shop", Set.of(), "exec sleep 600"));
        supervisor.start();

        assertThatExceptionOfType(ToolException.class)
                .isThrownBy(() -> supervisor.add(resource("shop-2", Set.of(), "echo no such column; exit 1")))
                .satisfies(failure -> assertThat(failure.text()).contains("no such column"));

        assertThat(board.all()).extracting(ResourceStatus::id).containsExactly("shop");
        assertThat(status("shop").state()).isEqualTo(State.READY);
    }

    @Test
    void one_more_that_must_run_is_started_until_it_does() {
        supervise();
        supervisor.start();

        supervisor.addStubbornly(resource("shop", Set.of(), "exec sleep 600"));

        await().atMost(SOON).until(() -> status("shop").state() == State.READY);
    }

    @Test
    void nothing_is_added_once_the_stop_has_begun() {
        supervise();
        supervisor.start();
        supervisor.stop();

        assertThatExceptionOfType(ToolException.class)
                .isThrownBy(() -> supervisor.add(resource("shop", Set.of(), "exec sleep 600")))
                .withMessageContaining("being stopped");
        assertThat(events).isEmpty();
    }

    private void supervise(Resource... resources) {
        supervise(QUICK, resources);
    }

    private void supervise(BackOff.Limits limits, Resource... resources) {
        board = new StatusBoard(List.of(resources).stream().map(Resource::id).toList(), List.of());
        supervisor = new Supervisor(List.of(resources), board, Clock.systemUTC(), 4, limits);
    }

    private Resource resource(String id, Set<String> needs, String script) {
        return new ShellResource(id, needs, script, directory, reaper, events);
    }

    private ResourceStatus status(String id) {
        return board.all().stream()
                .filter(status -> status.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
