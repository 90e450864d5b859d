package com.flashsale.order.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.order.OrderApplication;
import com.flashsale.order.payment.SimulatedProvider;
import com.flashsale.platform.test.simulation.SimulatedService;
import com.flashsale.platform.test.simulation.Simulation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Hundreds of small payments against the real service and the real database; see {@code docs/simulation.md}. */
class PaymentSimulationIT {

    private static final int SEEDS = 100;

    private static List<SimulatedService> worlds = List.of();

    @Configuration(proxyBeanMethods = false)
    static class Provider {

        @Bean
        @Primary
        SimulatedProvider simulatedProvider() {
            return new SimulatedProvider();
        }
    }

    @BeforeAll
    static void start() {
        worlds = List.of(SimulatedService.start(
                OrderApplication.class,
                Map.of("order.payment-provider.key", "a-key-of-the-simulation"),
                Provider.class));
    }

    @AfterAll
    static void stop() {
        worlds.forEach(SimulatedService::close);
    }

    @Test
    void no_seed_keeps_money_for_nothing_or_takes_it_twice() {
        simulation().play(SEEDS);
    }

    @Test
    void a_capture_of_a_charge_that_was_given_up_and_is_ignored_is_found() {
        assertFound(
                "captures that stand",
                "state in ('REQUESTED', 'UNKNOWN', 'ABANDONED')",
                "state in ('REQUESTED', 'UNKNOWN')");
    }

    @Test
    void a_charge_that_is_given_up_and_never_looked_for_again_is_found() {
        assertFound("stay unsettled", "where look_again_at <= now()", "where false and look_again_at <= now()");
    }

    private static void assertFound(String how, String... replacements) {
        worlds.forEach(world -> world.faults().plant(replacements[0], replacements[1]));
        try {
            assertThat(simulation().firstFailure(SEEDS)).get().asString().contains(how);
        } finally {
            worlds.forEach(world -> world.faults().removePlanted());
        }
    }

    private static Simulation<SimulatedService> simulation() {
        return new Simulation<>("payment", worlds, (world, play) -> new PaymentRun(world, play).play());
    }
}
