package com.flashsale.load.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.flashsale.load.workload.Workloads;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScenariosTest {

    private static final ScenarioOptions USUAL =
            new ScenarioOptions(0, 0, Duration.ZERO, 0, 1, Path.of("no-gateway.log"));

    @Test
    void every_scenario_but_the_replay_of_a_log_has_a_usual_size() throws IOException {
        for (var name : Scenarios.NAMES) {
            if (name.equals("replay")) continue;
            var scenario = Scenarios.named(name, USUAL);

            assertThat(scenario.name()).isEqualTo(name);
            assertThat(scenario.arrivals().count()).as(name).isPositive();
        }
    }

    @Test
    void newcomers_come_at_the_given_rate_for_the_given_time() throws IOException {
        var options = new ScenarioOptions(40, 0, Duration.ofSeconds(5), 0, 1, Path.of(""));

        var scenario = Scenarios.named("newcomers", options);

        assertThat(scenario.arrivals().count()).isEqualTo(200);
        assertThat(scenario.workload()).isEqualTo(Workloads.NEWCOMERS);
        assertThat(Scenarios.named("newcomers-buy", options).workload()).isEqualTo(Workloads.NEWCOMERS_BUY);
    }

    @Test
    void a_given_size_counts_however_large_it_is() throws IOException {
        var options = new ScenarioOptions(0, 0, Duration.ZERO, 5_000, 1, Path.of(""));

        assertThat(Scenarios.named("sale-opens", options).arrivals().count()).isEqualTo(5_000);
    }

    @Test
    void orders_come_after_a_flood_that_a_fast_platform_has_served_whole() {
        var overload = new Overload(30, 10, Duration.ofSeconds(30));

        assertThat(overload.floodBuyers()).isEqualTo(9_000);
        assertThat(overload.laterBuyers()).isGreaterThanOrEqualTo((int) (30 * 0.7 * 45));
        assertThat(overload.arrivals().count()).isEqualTo(9_000 + 945);
    }

    @Test
    void a_large_flood_has_buyers_for_more_than_the_known_limit_but_not_for_each_visit() {
        assertThat(new Overload(600, 10, Duration.ofSeconds(60)).floodBuyers()).isEqualTo(50_400);
    }

    @Test
    void an_unknown_scenario_is_refused_with_the_names_of_all() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Scenarios.named("stampede", USUAL))
                .withMessageContaining("newcomers-buy");
    }
}
