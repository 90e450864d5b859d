package com.flashsale.inventory.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.inventory.simulation.ReservationRun.Planted;
import com.flashsale.platform.test.simulation.Simulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The recordings that {@code ./flashsale simulate} shows. */
class ReservationRecordingIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static ReservationWorld world;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        world = ReservationWorld.start();
    }

    @AfterAll
    static void stop() {
        world.service().close();
    }

    private Path recorded(long seed, Planted planted) {
        var file = directory.resolve(planted + "-" + seed + "-" + System.nanoTime());
        simulation(planted).record(world, seed, file);
        return file;
    }

    private static Simulation<ReservationWorld> simulation(Planted planted) {
        return new Simulation<>(
                "reservation", List.of(world), (played, play) -> new ReservationRun(played, play, planted).play());
    }

    @Test
    void the_same_seed_is_the_same_recording() throws IOException {
        assertThat(recorded(7, Planted.NOTHING)).hasSameBinaryContentAs(recorded(7, Planted.NOTHING));
        assertThat(Files.readString(recorded(7, Planted.NOTHING)))
                .isNotEqualTo(Files.readString(recorded(8, Planted.NOTHING)));
    }

    @Test
    void a_recorded_run_is_the_run_that_is_played_without_an_onlooker() throws IOException {
        var hash = simulation(Planted.NOTHING).hash(world, 7);

        assertThat(JSON.readTree(Files.readString(recorded(7, Planted.NOTHING)))
                        .get("hash")
                        .asString())
                .isEqualTo("%016x".formatted(hash));
    }

    @Test
    void units_messages_and_each_lamp_are_recorded() throws IOException {
        var run = JSON.readTree(Files.readString(recorded(7, Planted.NOTHING)));

        assertThat(run.get("broken").isNull()).isTrue();
        assertThat(run.findValues("lamps").stream()
                        .flatMap(lamps -> lamps.propertyNames().stream())
                        .distinct())
                .contains("I1", "I2", "I6", "I7", "I8");
        assertThat(run.findValues("available")).hasSizeGreaterThan(1);
        assertThat(run.findValues("messages")).hasSizeGreaterThan(1);
        assertThat(run.findValuesAsString("by")).contains("order-service", "inventory consumer", "inventory expiry");
        assertThat(run.toString()).contains("[\"SENT\",\"o0 placed\",\"order-service\"]", "[\"TAKEN\",\"o0 placed\"");
        assertThat(run.toString()).doesNotContain(":false");
    }

    @Test
    void a_planted_violation_turns_its_lamp_red_in_the_last_step() throws IOException {
        for (long seed = 1; seed <= 700; seed++) {
            var run = JSON.readTree(Files.readString(recorded(seed, Planted.INBOX_FORGETS)));
            if (run.get("broken").isNull()) continue;
            var frames = run.get("frames");
            assertThat(run.get("broken").asString()).contains("an effect happened twice");
            assertThat(lamps(frames.get(frames.size() - 1)).get("I7").asBoolean())
                    .isFalse();
            return;
        }
        throw new AssertionError("no seed has found the inbox that forgets");
    }

    private static JsonNode lamps(JsonNode frame) {
        assertThat(frame.has("lamps")).isTrue();
        return frame.get("lamps");
    }
}
