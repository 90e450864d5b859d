package com.flashsale.reports.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.flashsale.reports.Samples;
import com.flashsale.reports.result.Results;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PlanTest {

    private final Demand million = new Demand(1_000_000, Duration.ofSeconds(60), 10_000, 0.3);
    private final Plan plan = Plan.of(million, Samples.full(), Pods.USUAL);

    @Test
    void a_million_in_a_minute_need_what_the_formulas_say() {
        // 16,667 joins/s; 50,000 in the line poll every 5 s: 10,000/s; 1,667 page views/s
        assertThat(plan.value("joins")).isCloseTo(16_666.7, within(0.1));
        assertThat(plan.value("polls")).isEqualTo(10_000);
        assertThat(plan.value("waitlist-service")).isEqualTo(Math.ceil(16_666.7 * 1.3 / 500) + 1);
        assertThat(plan.value("gateway")).isEqualTo(Math.ceil((10_000 / 5_000.0 + 18_333.3 / 2_000) * 1.3) + 1);
        assertThat(plan.value("catalog-service")).isEqualTo(Math.ceil(1_666.7 * 1.3 / 2_000) + 1);
        assertThat(plan.value("admissions per second")).isEqualTo(500);
        assertThat(plan.value("time to sell out")).isCloseTo(20, within(0.01));
    }

    @Test
    void a_value_far_beyond_the_measured_is_said_to_be_extrapolated() {
        assertThat(plan.rows())
                .filteredOn(row -> row.name().equals("waitlist-service"))
                .allMatch(row -> row.basis() == Row.Basis.EXTRAPOLATED);
        assertThat(plan.rows())
                .filteredOn(row -> row.name().equals("catalog-service"))
                .allMatch(row -> row.basis() == Row.Basis.MEASURED);
    }

    @Test
    void the_patch_names_each_service_once() {
        var patch = Patch.of(plan);

        assertThat(patch).contains("kind: Component", "  - name: waitlist-service\n    count: 45\n");
        assertThat(patch.split("- name: ", -1)).hasSize(6);
    }

    @Test
    void without_limits_there_is_no_plan() {
        var empty = Results.begun(Path.of("."), "story", "smoke", java.util.Map.of());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Plan.of(million, empty, Pods.USUAL))
                .withMessageContaining("browse");
        assertThatIllegalArgumentException().isThrownBy(() -> new Demand(0, Duration.ofSeconds(1), 1, 0));
    }
}
