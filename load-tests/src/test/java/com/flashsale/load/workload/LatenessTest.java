package com.flashsale.load.workload;

import static com.flashsale.load.Samples.MILLI;
import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.load.inject.Operation;
import com.flashsale.load.inject.Outcome;
import com.flashsale.reports.result.Lateness;
import com.flashsale.reports.result.Result.OperationResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatenessTest {

    /** A hundred requests, with the milliseconds from their due time to their sending and to their answer. */
    private static List<OperationResult> join(long sent, long answered) {
        var operation = new Operation("join", 0);
        for (int n = 0; n < 100; n++) operation.record(0, sent * MILLI, answered * MILLI, Outcome.ACCEPTED, "200");
        return List.of(Latencies.of(operation, 100));
    }

    @Test
    void a_warning_states_how_much_of_the_p99_the_injector_explains() {
        assertThat(Lateness.warnings(join(239, 412)))
                .singleElement()
                .asString()
                .matches(".*join: .*239 ms late.* explains 239 of the 41[0-9] ms .* sending it is 173 ms.*");
    }

    @Test
    void a_small_part_of_a_latency_is_no_warning() {
        assertThat(Lateness.warnings(join(9, 20))).isEmpty();
        assertThat(Lateness.warnings(join(50, 900))).isEmpty();
        assertThat(Lateness.warnings(join(50, 400))).hasSize(1);
    }

    @Test
    void a_late_injector_is_named_even_if_nothing_was_accepted() {
        var operation = new Operation("join", 0);
        operation.record(0, 500 * MILLI, 600 * MILLI, Outcome.FAILED, "timeout");

        assertThat(Lateness.warnings(List.of(Latencies.of(operation, 1)))).hasSize(1);
    }

    @Test
    void figures_mean_nothing_once_requests_come_in_another_second_than_planned() {
        assertThat(Lateness.invalid(join(239, 412))).isEmpty();
        assertThat(Lateness.invalid(join(990, 1_500))).isEmpty();
        assertThat(Lateness.invalid(join(1_100, 1_500))).contains("join", "not the planned arrivals");
    }

    @Test
    void a_run_without_requests_has_nothing_to_say() {
        assertThat(Lateness.warnings(List.of(Latencies.of(new Operation("join", 0), 100))))
                .isEmpty();
        assertThat(Lateness.invalid(List.of())).isEmpty();
    }
}
