package com.flashsale.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrphanReaperIT {

    @TempDir
    Path directory;

    @Test
    void engines_end_when_their_jvm_is_killed_and_the_next_one_removes_what_it_left() throws IOException {
        var builder = Fixtures.jvm(KilledJvm.class);
        builder.command().add(1, "-Djava.io.tmpdir=" + directory);
        var jvm = builder.start();
        var engines = identitiesPrintedBy(jvm);
        assertThat(engines).hasSize(3).allMatch(ProcessIdentity::isAlive);

        jvm.destroyForcibly();

        await().atMost(Duration.ofSeconds(20)).until(() -> engines.stream().noneMatch(ProcessIdentity::isAlive));
        await().atMost(Duration.ofSeconds(20)).until(() -> reapersIn(directory).isEmpty());
        var next = ThrowawayDirectory.create(directory, new PostgresUser.Self());
        try (var left = Files.list(directory)) {
            assertThat(left).containsExactly(next.path());
        }
    }

    @Test
    void a_process_that_ignores_the_polite_signal_is_killed() throws IOException {
        var stubborn =
                new ProcessBuilder("/bin/sh", "-c", "trap '' TERM; echo ready; while :; do sleep 1; done").start();
        assertThat(new BufferedReader(new InputStreamReader(stubborn.getInputStream())).readLine())
                .isEqualTo("ready");
        try (var reaper = OrphanReaper.start(directory)) {
            reaper.watch(ProcessIdentity.of(stubborn.pid()).orElseThrow(), Signal.TERM);
        }

        await().atMost(Duration.ofSeconds(30)).until(() -> !stubborn.isAlive());
    }

    @Test
    void a_process_that_got_the_pid_of_a_dead_one_and_one_that_was_forgotten_are_left_alone() throws IOException {
        var later = new ProcessBuilder("sleep", "60").start();
        var forgotten = new ProcessBuilder("sleep", "60").start();
        var ended = new ProcessBuilder("sleep", "60").start();
        var reaper = OrphanReaper.start(directory);
        reaper.watch(new ProcessIdentity(later.pid(), "1"), Signal.TERM);
        reaper.watch(ProcessIdentity.of(forgotten.pid()).orElseThrow(), Signal.TERM);
        reaper.watch(ProcessIdentity.of(ended.pid()).orElseThrow(), Signal.TERM);
        reaper.forget(ProcessIdentity.of(forgotten.pid()).orElseThrow());

        reaper.close();

        await().atMost(Duration.ofSeconds(20)).until(() -> !reaper.isAlive());
        assertThat(ended.isAlive()).isFalse();
        assertThat(later.isAlive()).isTrue();
        assertThat(forgotten.isAlive()).isTrue();
        assertThat(directory).isEmptyDirectory();
        later.destroyForcibly();
        forgotten.destroyForcibly();
    }

    private static List<ProcessIdentity> identitiesPrintedBy(Process jvm) throws IOException {
        var identities = new ArrayList<ProcessIdentity>();
        var lines = new BufferedReader(new InputStreamReader(jvm.getInputStream()));
        for (var line = lines.readLine(); line != null && !line.equals("ready"); line = lines.readLine()) {
            identities.add(ProcessIdentity.of(Long.parseLong(line)).orElseThrow());
        }
        return identities;
    }

    private static List<Path> reapersIn(Path directory) throws IOException {
        try (var files = Files.walk(directory, 2)) {
            return files.filter(file -> file.getFileName().toString().startsWith("reaper-"))
                    .toList();
        }
    }
}
