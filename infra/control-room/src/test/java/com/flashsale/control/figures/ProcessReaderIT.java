package com.flashsale.control.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ProcessReaderIT {

    private final ProcessReader reader = new ProcessReader();

    @Test
    void a_process_has_memory_at_once_and_processor_time_from_the_second_look_on() {
        long self = ProcessHandle.current().pid();

        var first = Objects.requireNonNull(reader.read(self));
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < 200_000_000L) Thread.onSpinWait();
        var second = Objects.requireNonNull(reader.read(self));

        assertThat(first.cores()).isNull();
        assertThat(first.bytes()).isGreaterThan(10L << 20);
        assertThat(second.cores()).isNotNull().isPositive();
    }

    @Test
    void a_process_that_is_gone_has_no_figures() throws Exception {
        var gone = new ProcessBuilder("true").start();
        gone.waitFor();

        assertThat(Files.exists(Path.of("/proc", String.valueOf(gone.pid())))).isFalse();
        assertThat(reader.read(gone.pid())).isNull();
    }
}
