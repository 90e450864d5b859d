package com.flashsale.local.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.flashsale.client.ToolException;
import com.flashsale.client.topology.ServiceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real virtual machines: one that records, one that makes the cache, one that must use it. */
class TrainingTest {

    private static final ServiceSpec SERVICE = HelloService.SPEC;
    private static final RunMode USUAL = RunMode.USUAL;

    @TempDir
    Path directory;

    private HelloService service;
    private Training training;
    private App app;

    @BeforeEach
    void build() throws IOException {
        service = HelloService.build(directory);
        app = service.app();
        training = new Training(service.home(), USUAL.jvm());
    }

    @Test
    void the_next_run_uses_the_training_of_the_one_before() throws Exception {
        assertThat(service.run(USUAL.recording(RunMode.Recording.WITHOUT_CACHE)))
                .isZero();
        assertThat(training.create(SERVICE)).isPositive();

        assertThat(JavaCommand.of(SERVICE, app, directory, USUAL))
                .contains("-XX:AOTCache=" + new TrainedCache(app, USUAL.jvm()).cache());
        assertThat(service.run(USUAL, "-XX:AOTMode=on")).isZero();
    }

    @Test
    void a_cache_that_does_not_fit_is_no_obstacle() throws Exception {
        service.run(USUAL.recording(RunMode.Recording.WITHOUT_CACHE));
        training.create(SERVICE);
        Files.writeString(new TrainedCache(app, USUAL.jvm()).cache(), "of another virtual machine");

        assertThat(service.run(USUAL, "-XX:AOTMode=on")).isNotZero();
        assertThat(service.run(USUAL)).isZero();
    }

    @Test
    void nothing_comes_of_a_service_that_has_recorded_nothing() {
        assertThatThrownBy(() -> training.create(SERVICE))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("discovery has recorded nothing");
    }

    @Test
    void a_service_with_a_cache_records_no_more() throws Exception {
        var learning = USUAL.recording(RunMode.Recording.WITHOUT_CACHE);
        assertThat(JavaCommand.records(SERVICE, app, learning)).isTrue();
        assertThat(training.isDue(SERVICE)).isFalse();

        service.run(learning);
        assertThat(training.isDue(SERVICE)).isTrue();
        training.create(SERVICE);

        assertThat(training.isDue(SERVICE)).isFalse();
        assertThat(JavaCommand.records(SERVICE, app, learning)).isFalse();
        assertThat(JavaCommand.records(SERVICE, app, USUAL.recording(RunMode.Recording.ALL)))
                .isTrue();
    }

    @Test
    void a_killed_maker_leaves_no_half_of_a_cache() throws Exception {
        var cache = new TrainedCache(app, USUAL.jvm());
        Files.writeString(cache.next(), "half of a cache");

        assertThat(cache.exists()).isFalse();
        service.run(USUAL.recording(RunMode.Recording.WITHOUT_CACHE));
        assertThat(training.create(SERVICE)).isPositive();
        assertThat(service.run(USUAL, "-XX:AOTMode=on")).isZero();
        assertThat(cache.next()).doesNotExist();
    }

    @Test
    void another_build_takes_the_place_of_the_one_before() throws Exception {
        var old = Files.createDirectories(app.jar().getParent().resolveSibling("0000abcd"))
                .resolve("quick-1.aot");
        Files.writeString(old, "of the build before");

        service.run(USUAL.recording(RunMode.Recording.WITHOUT_CACHE));
        training.create(SERVICE);

        assertThat(old).doesNotExist();
        assertThat(new TrainedCache(app, USUAL.jvm()).cache()).exists();
    }
}
