package com.flashsale.load.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.flashsale.load.inject.Operation;
import com.flashsale.load.inject.Outcome;
import com.flashsale.load.observe.Processor.Reading;
import com.flashsale.load.observe.ProcessorUse;
import com.flashsale.load.observe.ServiceMetrics;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeasuredTest {

    private static final long MILLI = 1_000_000;
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    /** A second in which the platform kept one core busy, and other programs kept some more busy. */
    private static Measured run(double others, Operation operation) {
        var before = new Reading(Map.of("gateway", 0L), 0, 0);
        var after = new Reading(Map.of("gateway", 1_000L), Math.round((1 + others) * 1_000), CORES * 1_000L);
        return new Measured(
                new Measured.Schedule(Instant.EPOCH, 100, 1, 4),
                List.of(operation),
                null,
                new ProcessorUse(before, after, Map.of(), List.of()),
                new ServiceMetrics(Map.of(), Map.of()),
                List.of(),
                Map.of("wal", 8_000L),
                "");
    }

    private static Operation join(long lateMillis) {
        var operation = new Operation("join", 0);
        operation.record(0, lateMillis * MILLI, (lateMillis + 5) * MILLI, Outcome.ACCEPTED, "201");
        return operation;
    }

    @Test
    void a_quiet_machine_and_a_punctual_injector_need_no_warning() {
        assertThat(run(0.1, join(1)).warnings()).isEmpty();
    }

    @Test
    void other_programs_on_the_machine_are_a_warning() {
        assertThat(run(0.8, join(1)).warnings()).singleElement().asString().contains("0.80 cores", "no capacity");
    }

    @Test
    void a_late_injector_is_a_warning_with_its_effect() {
        assertThat(run(0, join(300)).warnings()).singleElement().asString().contains("join", "300 of the 305 ms");
    }

    @Test
    void the_costs_are_those_of_the_platform_for_each_planned_visitor() {
        var costs = run(0.1, join(1)).figures().costs();

        assertThat(costs.visitors()).isEqualTo(4);
        assertThat(costs.orders()).isZero();
        assertThat(costs.cpuMillisPerVisitor()).isEqualTo(Map.of("gateway", 250.0, "total", 250.0));
        assertThat(costs.bytesPerVisitor()).isEqualTo(Map.of("wal", 2_000.0));
    }

    @Test
    void a_hold_divides_requests_and_processor_time_by_the_same_seconds() {
        var hold = run(0.1, join(1)).hold();

        assertThat(hold.rate()).isCloseTo(1, within(1e-9));
        assertThat(hold.cores()).isEqualTo(Map.of("gateway", 1.0));
        assertThat(hold.othersCores()).isCloseTo(0.1, within(1e-9));
    }
}
