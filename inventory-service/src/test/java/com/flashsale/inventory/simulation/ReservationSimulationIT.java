package com.flashsale.inventory.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.inventory.simulation.ReservationRun.Planted;
import com.flashsale.platform.test.simulation.Simulation;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Thousands of small sales against the real service and the real database; see {@code docs/simulation.md}. */
class ReservationSimulationIT {

    private static final int SEEDS = 700;

    private static List<ReservationWorld> worlds = List.of();

    @BeforeAll
    static void start() {
        worlds = Simulation.worlds(ReservationWorld::start);
    }

    @AfterAll
    static void stop() {
        worlds.forEach(world -> world.service().close());
    }

    @Test
    void no_seed_breaks_a_promise() {
        simulation(Planted.NOTHING).play(SEEDS);
    }

    @Test
    void the_same_seed_is_the_same_run_in_any_world() {
        var simulation = simulation(Planted.NOTHING);
        for (long seed = 1; seed <= 5; seed++) {
            assertThat(simulation.hash(worlds.getFirst(), seed)).isEqualTo(simulation.hash(worlds.getLast(), seed));
        }
    }

    @Test
    void a_service_whose_inbox_forgets_is_found() {
        assertThat(simulation(Planted.INBOX_FORGETS).firstFailure(SEEDS))
                .get()
                .asString()
                .contains("an effect happened twice");
    }

    @Test
    void a_consumer_that_commits_its_offset_first_is_found() {
        assertThat(simulation(Planted.OFFSET_FIRST).firstFailure(SEEDS))
                .get()
                .asString()
                .contains("never answered");
    }

    @Test
    void a_stock_that_is_read_without_its_lock_and_written_without_its_version_is_found() {
        assertFound("stock", "   for update\n", "\n", "and stock.version = changed.version - 1", "");
    }

    @Test
    void an_order_at_the_opening_that_an_engine_with_a_slow_clock_turns_away_is_found() {
        assertFound(
                "all units are there",
                "hold_millis, opens_at, closes_at, ended_at, load_test,",
                "hold_millis, case when clock_timestamp() < opens_at then opens_at + interval '1 day' else opens_at"
                        + " end as opens_at, closes_at, ended_at, load_test,");
    }

    @Test
    void units_that_are_put_back_twice_are_found() {
        assertFound(
                "reserved and",
                "where state = 'HELD'\n   and expires_at",
                "where state in ('HELD', 'RELEASED')\n   and expires_at");
    }

    @Test
    void a_limit_that_does_not_count_what_is_paid_is_found() {
        assertFound("more than the limit", "and state in ('HELD', 'CONFIRMED')", "and state in ('HELD')");
    }

    @Test
    void an_expiry_without_grace_is_found() {
        assertFound("before", "make_interval(secs => ", "make_interval(secs => 0 * ");
    }

    private static void assertFound(String how, String... replacements) {
        for (var world : worlds) {
            for (int i = 0; i < replacements.length; i += 2) {
                world.service().faults().plant(replacements[i], replacements[i + 1]);
            }
        }
        try {
            assertThat(simulation(Planted.NOTHING).firstFailure(SEEDS))
                    .get()
                    .asString()
                    .contains(how);
        } finally {
            worlds.forEach(world -> world.service().faults().removePlanted());
        }
    }

    private static Simulation<ReservationWorld> simulation(Planted planted) {
        return new Simulation<>(
                "reservation", worlds, (world, play) -> new ReservationRun(world, play, planted).play());
    }
}
