package com.flashsale.load.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.client.platform.PlatformState;
import com.flashsale.client.platform.PlatformState.Engine;
import com.flashsale.client.platform.PlatformState.Service;
import com.flashsale.reports.law.HotPlace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records this JVM, as if it were a service. */
class FlightRecorderIT {

    @TempDir
    private Path directory;

    private static PlatformState state(String state, @Nullable Long pid) {
        var service = new Service("gateway", "gateway", "READY", "", "", pid, null, 0, 0, null, "", null);
        var engine = new Engine("postgresql", "READY", "", pid, null, 0, 0, null, "");
        return new PlatformState(state, null, null, null, null, null, 0, List.of(service), List.of(engine));
    }

    @Test
    void the_dearest_method_of_a_busy_jvm_is_found() throws InterruptedException {
        var recorder = new FlightRecorder(state("READY", ProcessHandle.current().pid()), directory);
        var stop = new AtomicBoolean();
        var busy = Thread.ofPlatform().start(() -> spin(stop));
        var places = new ArrayList<HotPlace>();

        try (var recording = recorder.record(List.of("gateway"))) {
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                places.clear();
                places.addAll(recording.places());
                assertThat(recording.remarks().stream().filter(each -> !each.contains("no sample")))
                        .isEmpty();
                assertThat(places).extracting(HotPlace::method).anyMatch(method -> method.endsWith("IT.spin"));
            });
        } finally {
            stop.set(true);
            busy.join();
        }

        assertThat(places)
                .hasSizeLessThanOrEqualTo(3)
                .allMatch(place -> place.process().equals("gateway"));
        assertThat(places).allMatch(place -> place.share() > 0 && place.share() <= 1);
        assertThat(directory.resolve("gateway.jfr")).exists();
    }

    @Test
    void a_recording_leaves_no_file_where_the_jvm_was_started() throws Exception {
        var recorder = new FlightRecorder(state("READY", ProcessHandle.current().pid()), directory);

        try (var recording = recorder.record(List.of("gateway"))) {
            assertThat(recording.remarks()).isEmpty();
        }

        try (var files = Files.list(Path.of(""))) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".jfr"));
        }
    }

    private static void spin(AtomicBoolean stop) {
        long sum = 0;
        while (!stop.getPlain()) {
            for (int i = 0; i < 10_000; i++) sum += sum ^ i;
        }
        assertThat(sum).isNotEqualTo(1);
    }

    @Test
    void an_engine_is_never_asked() {
        assertThat(new FlightRecorder(state("READY", ProcessHandle.current().pid()), directory).processes())
                .containsExactly("gateway");
    }

    @Test
    void in_containers_no_service_is_asked() {
        var recorder = new FlightRecorder(state("EXTERNAL", null), directory);

        assertThat(recorder.processes()).isEmpty();
        assertThat(recorder.obstacle()).contains("containers");
    }
}
