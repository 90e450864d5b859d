package com.flashsale.engines;

import static java.nio.file.attribute.PosixFilePermission.OTHERS_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_READ;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinariesIT {

    @TempDir
    Path directory;

    @Test
    void jvms_that_unpack_at_the_same_time_do_it_once() throws IOException, InterruptedException {
        var jvms = new ArrayList<Process>();
        for (int i = 0; i < 3; i++)
            jvms.add(Fixtures.jvm(UnpackOnce.class, directory.toString()).start());

        for (var jvm : jvms) {
            assertThat(jvm.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(jvm.exitValue()).isZero();
        }
        try (var counted = Files.list(directory.resolve("key"))) {
            assertThat(counted).hasSize(1);
        }
    }

    @Test
    void threads_that_unpack_at_the_same_time_do_it_once() {
        var times = new AtomicInteger();
        var all = IntStream.range(0, 8)
                .mapToObj(_ -> CompletableFuture.runAsync(
                        () -> new Binaries(directory).directory("key", _ -> times.incrementAndGet())))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(all).join();
        assertThat(times).hasValue(1);
    }

    @Test
    void the_remains_of_an_interrupted_unpacking_are_removed() throws IOException {
        Files.createDirectories(directory.resolve("key.unfinished/half"));
        var unpacked = new Binaries(directory).directory("key", target -> Files.createFile(target.resolve("whole")));
        assertThat(unpacked).isDirectoryContaining("glob:**/whole").isDirectoryNotContaining("glob:**/half");
    }

    @Test
    void another_user_may_run_the_programs_under_any_umask() throws IOException {
        var closed = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

        var unpacked = new Binaries(directory).directory("key", target -> {
            Files.setPosixFilePermissions(target, closed.value());
            Files.createDirectory(target.resolve("bin"), closed);
        });

        assertThat(Files.getPosixFilePermissions(unpacked)).contains(OTHERS_READ, OTHERS_EXECUTE);
        assertThat(Files.getPosixFilePermissions(unpacked.resolve("bin"))).contains(OTHERS_READ, OTHERS_EXECUTE);
    }
}
