package com.flashsale.load.inject;

import static com.flashsale.load.Samples.MILLI;
import static com.flashsale.load.Samples.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.flashsale.load.result.Latencies;
import org.junit.jupiter.api.Test;

class OperationTest {

    private final Operation operation = new Operation("order", 0);

    @Test
    void percentiles_are_those_of_the_recorded_times() {
        for (int n = 1; n <= 1_000; n++) operation.record(0, n * MILLI, Outcome.ACCEPTED, "202");

        var latency = Latencies.of(operation.times(Outcome.ACCEPTED));

        assertThat(latency.count()).isEqualTo(1_000);
        assertThat(latency.p50()).isCloseTo(500, within(1.0));
        assertThat(latency.p95()).isCloseTo(950, within(1.0));
        assertThat(latency.p99()).isCloseTo(990, within(1.0));
        assertThat(latency.p999()).isCloseTo(999, within(1.0));
        assertThat(latency.max()).isCloseTo(1_000, within(1.0));
    }

    @Test
    void nothing_recorded_has_no_latency() {
        assertThat(Latencies.of(operation.times(Outcome.ACCEPTED)).max()).isZero();
        assertThat(operation.errorShare()).isZero();
    }

    @Test
    void a_stall_is_seen_by_every_visitor_who_was_due_during_it() {
        // due every 10 ms and answered at once; but in a stall of a second all its requests queue up
        for (int n = 0; n < 200; n++) {
            long due = n * 10L * MILLI;
            long end = due < 1_000 * MILLI ? 1_000 * MILLI : due + MILLI;
            operation.record(due, end, Outcome.ACCEPTED, "202");
        }

        var latency = Latencies.of(operation.times(Outcome.ACCEPTED));

        assertThat(latency.p99()).isGreaterThan(900);
        assertThat(latency.p50()).isCloseTo(10, within(15.0));
    }

    @Test
    void sold_out_and_refused_answers_are_counted_apart() {
        operation.record(0, answer(202, "", false));
        operation.record(0, answer(409, "sold-out", false));
        operation.record(0, answer(503, "overloaded", true));
        operation.record(0, answer(503, "service-unavailable", false));
        operation.record(0, answer(409, "admission-invalid", false));

        assertThat(operation.count(Outcome.ACCEPTED)).isEqualTo(1);
        assertThat(operation.count(Outcome.SOLD_OUT)).isEqualTo(1);
        assertThat(operation.count(Outcome.REFUSED)).isEqualTo(1);
        assertThat(operation.count(Outcome.FAILED)).isEqualTo(2);
        assertThat(operation.errorShare()).isCloseTo(0.8, within(0.001));
        assertThat(operation.kinds()).containsEntry("409 sold-out", 1L).containsEntry("503 overloaded", 1L);
    }
}
