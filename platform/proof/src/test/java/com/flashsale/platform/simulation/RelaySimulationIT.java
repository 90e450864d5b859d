package com.flashsale.platform.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.platform.mechanism.MechanismApplication;
import com.flashsale.platform.simulation.RelayRun.Planted;
import com.flashsale.platform.test.simulation.SimulatedService;
import com.flashsale.platform.test.simulation.Simulation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Outbox, relay, broker and inbox as one machine; see {@code docs/simulation.md}. */
class RelaySimulationIT {

    private static final int SEEDS = 600;

    private static List<SimulatedService> worlds = List.of();

    @BeforeAll
    static void start() {
        worlds = List.of(
                SimulatedService.start(MechanismApplication.class, Map.of()),
                SimulatedService.start(MechanismApplication.class, Map.of()));
        worlds.forEach(world -> world.jdbc()
                .sql("create table relay_cursor (last bigint not null)")
                .update());
    }

    @AfterAll
    static void stop() {
        worlds.forEach(SimulatedService::close);
    }

    @Test
    void no_seed_loses_doubles_or_reorders_an_effect() {
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
    void a_consumer_whose_inbox_forgets_is_found() {
        assertFound(Planted.INBOX_FORGETS, "each once and in order");
    }

    @Test
    void a_relay_that_deletes_what_the_broker_never_got_is_found() {
        assertFound(Planted.ACKS_0, "effect");
    }

    @Test
    void two_relays_without_a_lease_are_found() {
        assertFound(Planted.NOTHING, "without a reason", "pg_try_advisory_lock(", "pg_try_advisory_lock_shared(");
    }

    @Test
    void a_relay_that_reads_in_any_order_is_found() {
        assertFound(Planted.NOTHING, "each once and in order", "order by seq\n", "order by id desc\n");
    }

    @Test
    void a_relay_that_remembers_the_last_number_instead_of_deleting_is_found() {
        worlds.forEach(
                world -> world.jdbc().sql("insert into relay_cursor values (0)").update());
        try {
            assertFound(
                    Planted.NOTHING,
                    "effect",
                    "where shard = any (?)",
                    "where shard = any (?) and seq > (select last from relay_cursor)",
                    "delete from outbox where seq = any (?)",
                    "update relay_cursor"
                            + " set last = greatest(last, (select max(seq) from unnest(?::bigint[]) as sent (seq)))");
        } finally {
            worlds.forEach(world -> world.jdbc().sql("delete from relay_cursor").update());
        }
    }

    private static void assertFound(Planted planted, String how, String... replacements) {
        for (var world : worlds) {
            for (int i = 0; i < replacements.length; i += 2) world.faults().plant(replacements[i], replacements[i + 1]);
        }
        try {
            assertThat(simulation(planted).firstFailure(SEEDS)).get().asString().contains(how);
        } finally {
            worlds.forEach(world -> world.faults().removePlanted());
        }
    }

    private static Simulation<SimulatedService> simulation(Planted planted) {
        return new Simulation<>("relay", worlds, (world, play) -> new RelayRun(world, play, planted).play());
    }
}
