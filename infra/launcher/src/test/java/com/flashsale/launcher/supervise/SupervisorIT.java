package com.flashsale.launcher.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.flashsale.engines.Sentinel;
import com.flashsale.launcher.ExitCode;
import com.flashsale.launcher.LauncherException;
import com.flashsale.launcher.process.BackOff;
import com.flashsale.launcher.supervise.ResourceStatus.State;
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
    private static final BackOff.Limits QUICK =
            new BackOff.Limits(Duration.ofMillis(50), Duration.ofMillis(200), 3, Duration.ofMinutes(1));

    @TempDir
    Path directory;

    private final List<String> story = ShellResource.story();
    private Sentinel sentinel;
    private Supervisor supervisor;
    private Board board;

    @BeforeEach
    void watch_over_children() {
        sentinel = Sentinel.start(directory.resolve("sentinels"));
    }

    @AfterEach
    void leave_nothing_running() {
        supervisor.stop();
        sentinel.close();
    }

    @Test
    void a_resource_starts_after_all_that_it_needs_and_stops_before_them() {
        supervise(
                resource("database", Set.of(), "exec sleep 600"),
                resource("registry", Set.of(), "exec sleep 600"),
                resource("shop", Set.of("database", "registry"), "exec sleep 600"));

        supervisor.start();
        supervisor.stop();

        assertThat(story.indexOf("start shop")).isEqualTo(2);
        assertThat(story.indexOf("stop shop")).isEqualTo(3);
        assertThat(story).hasSize(6);
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
    void a_child_that_keeps_dying_is_given_up_and_said_to_be() {
        supervise(resource("shop", Set.of(), "exit 0"));
        supervisor.start();

        await().atMost(SOON).until(() -> status("shop").state() == State.FAILED);

        assertThat(status("shop").note()).contains("given up");
        assertThat(story).containsOnly("start shop").hasSize(4);
    }

    @Test
    void a_failing_start_names_the_resource_its_last_words_and_a_command() {
        supervise(
                resource("database", Set.of(), "echo the disk is on fire; exit 1"),
                resource("shop", Set.of("database"), "exec sleep 600"));

        assertThatExceptionOfType(LauncherException.class)
                .isThrownBy(() -> supervisor.start())
                .satisfies(failure -> {
                    assertThat(failure.exitCode()).isEqualTo(ExitCode.START_FAILED);
                    assertThat(failure.text())
                            .contains("database did not start")
                            .contains("the disk is on fire")
                            .contains("./flashsale logs database");
                });
        assertThat(story).doesNotContain("start shop");
    }

    @Test
    void nothing_is_started_again_once_the_stop_has_begun() {
        supervise(resource("shop", Set.of(), "exec sleep 600"));
        supervisor.start();

        supervisor.stop();

        assertThat(status("shop").state()).isEqualTo(State.STOPPED);
        assertThat(story).containsExactly("start shop", "stop shop");
    }

    @Test
    void one_more_is_kept_running_like_those_from_the_beginning_until_it_is_retired() {
        supervise(resource("shop", Set.of(), "exec sleep 600"));
        supervisor.start();

        supervisor.add(resource("shop-2", Set.of(), "exec sleep 600"));
        var first = status("shop-2").process();
        ProcessHandle.of(first.pid()).orElseThrow().destroyForcibly();
        await().atMost(SOON)
                .until(() -> status("shop-2").state() == State.READY
                        && !first.equals(status("shop-2").process()));
        supervisor.retire("shop-2");

        assertThat(board.all()).extracting(ResourceStatus::id).containsExactly("shop");
        assertThat(story).endsWith("start shop-2", "stop shop-2");
        assertThat(first.isAlive()).isFalse();
    }

    @Test
    void one_more_that_does_not_come_up_is_forgotten_with_its_last_words() {
        supervise(resource("shop", Set.of(), "exec sleep 600"));
        supervisor.start();

        assertThatExceptionOfType(LauncherException.class)
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

        assertThatExceptionOfType(LauncherException.class)
                .isThrownBy(() -> supervisor.add(resource("shop", Set.of(), "exec sleep 600")))
                .withMessageContaining("being stopped");
        assertThat(story).isEmpty();
    }

    private void supervise(Resource... resources) {
        board = new Board(List.of(resources).stream().map(Resource::id).toList(), List.of());
        supervisor = new Supervisor(List.of(resources), board, Clock.systemUTC(), 4, QUICK);
    }

    private Resource resource(String id, Set<String> needs, String script) {
        return new ShellResource(id, needs, script, directory, sentinel, story);
    }

    private ResourceStatus status(String id) {
        return board.all().stream()
                .filter(status -> status.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
