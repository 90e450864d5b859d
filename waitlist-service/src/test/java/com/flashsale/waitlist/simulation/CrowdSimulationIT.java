package com.flashsale.waitlist.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.platform.test.simulation.Simulation;
import com.flashsale.waitlist.simulation.CrowdRun.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small crowds against the real service, PostgreSQL and Redis; see {@code docs/simulation.md}. */
class CrowdSimulationIT {

    private static final int SEEDS = 100;

    /** A planted bug may need more. */
    private static final int MOST_SEEDS = 200;

    private static List<WaitlistWorld> worlds = List.of();

    @BeforeAll
    static void start() {
        worlds = Simulation.worlds(WaitlistWorld::start);
    }

    @AfterAll
    static void stop() {
        worlds.forEach(WaitlistWorld::close);
    }

    @Test
    void no_seed_breaks_a_promise_of_the_waiting_room() {
        simulation(Stage.ADMISSION).play(SEEDS);
    }

    @Test
    void no_seed_breaks_a_promise_of_the_waitlist() {
        simulation(Stage.WAITLIST).play(SEEDS);
    }

    @Test
    void the_same_seed_is_the_same_run_in_any_world() {
        for (var stage : Stage.values()) {
            var simulation = simulation(stage);
            for (long seed = 1; seed <= 3; seed++) {
                assertThat(simulation.hash(worlds.getFirst(), seed)).isEqualTo(simulation.hash(worlds.getLast(), seed));
            }
        }
    }

    @Test
    void the_same_seed_is_the_same_recording_and_each_lamp_is_lit(@TempDir Path directory) throws IOException {
        for (var stage : Stage.values()) {
            var first = directory.resolve(stage + "-1");
            var second = directory.resolve(stage + "-2");
            assertThat(simulation(stage).record(worlds.getFirst(), 7, first)).isEmpty();
            assertThat(simulation(stage).record(worlds.getLast(), 7, second)).isEmpty();

            assertThat(first).hasSameBinaryContentAs(second);
            assertThat(Files.readString(first))
                    .contains("\"I9\":true", "\"I12\":true", "\"I15\":true", "\"available\":", "waitlist replica 2")
                    .doesNotContain(":false");
        }
    }

    @Test
    void turns_that_do_not_count_what_is_promised_are_found() {
        for (var replica : replicas()) replica.redis().plant("return most - room.promised", "return most");
        assertFound(Stage.ADMISSION, "units are promised and");
    }

    @Test
    void a_number_that_is_given_out_again_after_a_loss_of_redis_is_found() {
        plant("before.issued_ceiling as issued", "before.issued as issued");
        assertFound(Stage.ADMISSION, "was given to|issued fell|does not come to rest");
    }

    @Test
    void a_ticket_that_is_a_second_place_is_found() {
        for (var replica : replicas()) {
            replica.redis()
                    .plant("    place_of(customer, number)\n", "    redis.call('HSETNX', NUMBERS, customer, number)\n");
        }
        assertFound(Stage.ADMISSION, "whose ticket was honoured|had one place");
    }

    @Test
    void a_lobby_that_is_forgotten_with_redis_is_found() {
        plant(
                "and (number is not null or not (select lobby_cut",
                "and number < 0 and (number is not null or not (select lobby_cut");
        assertFound(Stage.ADMISSION, "whose places are the other way round");
    }

    @Test
    void orders_in_flight_that_are_forgotten_with_redis_are_found() {
        plant("and state in ('ISSUED', 'ORDERED')", "and state in ('ISSUED')");
        assertFound(Stage.ADMISSION, "promised");
    }

    @Test
    void an_admission_that_ends_before_order_service_was_asked_is_found() {
        plant("set withdrawn_at = now()", "set withdrawn_at = now(), state = 'LAPSED'");
        assertFound(Stage.ADMISSION, "may still be used");
    }

    @Test
    void old_news_of_the_stock_that_replaces_newer_is_found() {
        plant("where stock.version < excluded.version", "where true");
        assertFound(Stage.WAITLIST, "units");
    }

    @Test
    void a_waitlist_by_the_clock_is_found() {
        plant(" order by place, turn\n limit", " order by joined_at, turn\n limit");
        assertFound(Stage.WAITLIST, "stands in front");
    }

    @Test
    void a_waitlist_that_a_fast_clock_closes_is_found() {
        plant(
                "least(closes_at, ended_at) <= now(), false)",
                "least(closes_at, ended_at) <= now() + interval '5 hours', false)");
        assertFound(Stage.WAITLIST, "was closed at");
    }

    @Test
    void offers_by_a_slow_clock_are_found() {
        plant("select now() as now", "select now() - interval '5 minutes' as now");
        assertFound(Stage.WAITLIST, "ends at .* already|expires_at > issued_at");
    }

    @Test
    void offers_of_units_that_are_promised_already_are_found() {
        plant("select available - coalesce((", "select available - 0 * coalesce((");
        assertFound(Stage.WAITLIST, "units are promised and");
    }

    @Test
    void a_waitlist_that_is_never_closed_is_found() {
        plant(
                "and state in ('WAITING', 'OFFERED')\n               order by id",
                "and state in ('OFFERED')\n               order by id");
        assertFound(Stage.WAITLIST, "the end");
    }

    private static void plant(String text, String instead) {
        worlds.forEach(world -> world.first().service().faults().plant(text, instead));
    }

    private static List<WaitlistWorld.Replica> replicas() {
        return worlds.stream().flatMap(world -> world.replicas().stream()).toList();
    }

    private static void assertFound(Stage stage, String how) {
        try {
            assertThat(simulation(stage).firstFailure(MOST_SEEDS))
                    .get()
                    .asString()
                    .containsPattern(how);
        } finally {
            worlds.forEach(world -> world.first().service().faults().removePlanted());
            replicas().forEach(replica -> replica.redis().removePlanted());
        }
    }

    private static Simulation<WaitlistWorld> simulation(Stage stage) {
        return new Simulation<>(stage.name(), worlds, (world, play) -> new CrowdRun(world, play, stage).play());
    }
}
