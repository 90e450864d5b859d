package com.flashsale.local.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.local.console.PlatformConsole;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearningTest {

    private static final RunMode FIRST_RUN = RunMode.USUAL.recording(RunMode.Recording.WITHOUT_CACHE);

    @TempDir
    Path directory;

    private final StringWriter said = new StringWriter();
    private int begun;
    private HelloService service;
    private TrainedCache cache;
    private Learning learning;

    @BeforeEach
    void build() throws IOException {
        service = HelloService.build(directory);
        cache = new TrainedCache(service.app(), FIRST_RUN.jvm());
        var console = PlatformConsole.of(new PrintWriter(said, true), false, true, Map.of());
        learning = new Learning(new Training(service.home(), FIRST_RUN.jvm()), console);
    }

    @Test
    void the_first_run_of_a_build_is_kept_for_the_next() throws Exception {
        service.run(FIRST_RUN);

        learning.keep(() -> begun++);

        assertThat(cache.exists()).isTrue();
        assertThat(cache.recorded()).doesNotExist();
        assertThat(said.toString()).contains("1 to do").contains("MiB kept");
    }

    @Test
    void a_build_that_has_learnt_says_nothing() throws Exception {
        service.run(FIRST_RUN);
        learning.keep(() -> begun++);
        said.getBuffer().setLength(0);

        assertThat(service.run(FIRST_RUN, "-XX:AOTMode=on")).isZero();
        learning.keep(() -> begun++);

        assertThat(said.toString()).isEmpty();
        assertThat(begun).isEqualTo(1);
    }

    @Test
    void a_recording_of_which_nothing_can_be_made_is_said_and_does_no_harm() throws Exception {
        Files.writeString(cache.recorded(), "no recording");

        learning.keep(() -> begun++);

        assertThat(said.toString()).contains("ended early");
        assertThat(cache.exists()).isFalse();
        assertThat(service.run(FIRST_RUN)).isZero();
    }
}
