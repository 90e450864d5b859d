package com.flashsale.local.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.flashsale.client.Home;
import com.flashsale.client.ToolException;
import com.flashsale.client.topology.ServiceSpec;
import com.flashsale.client.topology.Services;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real virtual machines: one that records, one that makes the cache, one that must use it. */
class TrainingTest {

    private static final ServiceSpec SERVICE = Services.DISCOVERY_SERVER;
    private static final RunMode USUAL = RunMode.USUAL;

    @TempDir
    Path directory;

    private Home home;
    private Training training;
    private App app;

    /** The program of the service that is trained here. */
    static final class Hello {
        public static void main(String[] arguments) {
            IO.println("hello");
        }
    }

    @BeforeEach
    void build() throws IOException {
        home = new Home(directory);
        Files.createDirectories(home.jar(SERVICE.module()).getParent());
        writeJar(home.jar(SERVICE.module()));
        training = new Training(home, USUAL.jvm());
        app = Release.built(SERVICE, home).app();
    }

    @Test
    void the_next_run_uses_the_training_of_the_one_before() throws Exception {
        assertThat(run(USUAL.recording(RunMode.Recording.WITHOUT_CACHE))).isZero();
        assertThat(training.create(SERVICE)).isPositive();

        assertThat(JavaCommand.of(SERVICE, app, directory, USUAL))
                .contains("-XX:AOTCache=" + new TrainedCache(app, USUAL.jvm()).cache());
        assertThat(run(USUAL, "-XX:AOTMode=on")).isZero();
    }

    @Test
    void a_cache_that_does_not_fit_is_no_obstacle() throws Exception {
        run(USUAL.recording(RunMode.Recording.WITHOUT_CACHE));
        training.create(SERVICE);
        Files.writeString(new TrainedCache(app, USUAL.jvm()).cache(), "of another virtual machine");

        assertThat(run(USUAL, "-XX:AOTMode=on")).isNotZero();
        assertThat(run(USUAL)).isZero();
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

        run(learning);
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
        run(USUAL.recording(RunMode.Recording.WITHOUT_CACHE));
        assertThat(training.create(SERVICE)).isPositive();
        assertThat(run(USUAL, "-XX:AOTMode=on")).isZero();
        assertThat(cache.next()).doesNotExist();
    }

    @Test
    void another_build_takes_the_place_of_the_one_before() throws Exception {
        var old = Files.createDirectories(app.jar().getParent().resolveSibling("0000abcd"))
                .resolve("quick-1.aot");
        Files.writeString(old, "of the build before");

        run(USUAL.recording(RunMode.Recording.WITHOUT_CACHE));
        training.create(SERVICE);

        assertThat(old).doesNotExist();
        assertThat(new TrainedCache(app, USUAL.jvm()).cache()).exists();
    }

    private int run(RunMode mode, String... more) throws Exception {
        var command = new ArrayList<>(JavaCommand.of(SERVICE, app, directory, mode));
        command.addAll(1, List.of(more));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue() == 0).as(said).isEqualTo(said.contains("hello"));
        return process.exitValue();
    }

    private static void writeJar(Path file) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Start-Class"), Hello.class.getName());
        var type = Hello.class.getName().replace('.', '/') + ".class";
        try (var out = new JarOutputStream(Files.newOutputStream(file), manifest);
                var bytes = Hello.class.getClassLoader().getResourceAsStream(type)) {
            out.putNextEntry(new ZipEntry("BOOT-INF/classpath.idx"));
            out.putNextEntry(new ZipEntry("BOOT-INF/classes/" + type));
            bytes.transferTo(out);
        }
    }
}
