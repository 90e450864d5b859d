package com.flashsale.load.inject;

import static com.flashsale.load.Samples.MILLI;
import static com.flashsale.load.Samples.answer;
import static com.flashsale.load.inject.Outcome.ACCEPTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.flashsale.load.workload.Latencies;
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

    @Test
    void a_rate_is_over_the_time_that_passed_and_not_over_the_planned_second() {
        // 100 visitors who come within a second and ask again each second, 44 times
        for (int n = 0; n < 4_400; n++) operation.record(n * 10L * MILLI, n * 10L * MILLI + 5 * MILLI, ACCEPTED, "200");

        assertThat(operation.seconds()).isCloseTo(44, within(0.01));
        assertThat(operation.rate()).isCloseTo(100, within(0.1));
        assertThat(operation.offeredRate()).isCloseTo(100, within(0.1));
    }

    @Test
    void no_request_has_no_rate() {
        assertThat(operation.rate()).isZero();
        assertThat(operation.offeredRate()).isZero();
        assertThat(operation.seconds()).isEqualTo(1);
        assertThat(operation.bySecond()).isEmpty();
        assertThat(operation.byTenth()).isEmpty();
    }

    @Test
    void requests_of_less_than_a_second_count_as_those_of_one() {
        for (int n = 0; n < 5; n++) operation.record(n * MILLI, n * MILLI + 2 * MILLI, ACCEPTED, "200");

        assertThat(operation.rate()).isEqualTo(5);
        assertThat(operation.byTenth()).hasSize(1);
        assertThat(operation.bySecond()).hasSize(1);
    }

    @Test
    void evenly_spaced_requests_cover_the_interval_after_the_last() {
        for (int n = 0; n < 20; n++) operation.record(n * 100L * MILLI, n * 100L * MILLI + MILLI, ACCEPTED, "200");

        assertThat(operation.rate()).isCloseTo(10, within(0.001));
    }

    @Test
    void requests_that_are_all_answered_late_have_the_rate_of_their_answers() {
        for (int n = 0; n < 1_000; n++) {
            operation.record(n * 10L * MILLI, 30_000L * MILLI + n * 10L * MILLI, ACCEPTED, "200");
        }

        assertThat(operation.offeredRate()).isCloseTo(100, within(0.1));
        assertThat(operation.rate()).isCloseTo(25, within(0.1));
        assertThat(operation.finished()).hasSize(40);
        assertThat(operation.finished().get(29)).isZero();
        assertThat(operation.finished().get(30)).isEqualTo(100);
    }

    @Test
    void a_request_without_a_good_answer_does_not_prolong_the_time() {
        for (int n = 0; n < 200; n++) operation.record(n * 10L * MILLI, n * 10L * MILLI + MILLI, ACCEPTED, "200");
        operation.record(1_000 * MILLI, 11_000 * MILLI, Outcome.FAILED, "timeout");

        assertThat(operation.rate()).isCloseTo(100, within(1.0));
    }

    @Test
    void the_time_begins_with_the_first_request_of_this_kind_on_any_scale_of_the_clock() {
        long start = -5_000 * MILLI;
        var orders = new Operation("order", start);
        for (int n = 0; n < 30; n++) {
            orders.record(
                    start + 3_000 * MILLI + n * 100L * MILLI, start + 3_050 * MILLI + n * 100L * MILLI, ACCEPTED, "");
        }

        assertThat(orders.rate()).isCloseTo(10, within(0.2));
    }

    @Test
    void the_lateness_of_the_injector_is_told_apart_from_the_time_of_the_platform() {
        for (int n = 0; n < 100; n++) operation.record(0, 200 * MILLI, 230 * MILLI, ACCEPTED, "200");

        var result = Latencies.of(operation, 100);

        assertThat(result.accepted().p99()).isCloseTo(230, within(1.0));
        assertThat(result.pace().lateP99()).isCloseTo(200, within(1.0));
        assertThat(result.pace().sinceSentP99()).isCloseTo(30, within(1.0));
    }

    @Test
    void tenths_of_a_second_are_kept_for_ten_seconds() {
        operation.record(9_999 * MILLI, 9_999 * MILLI, ACCEPTED, "200");
        assertThat(operation.byTenth()).hasSize(100);

        operation.record(10_000 * MILLI, 10_000 * MILLI, ACCEPTED, "200");
        operation.record(5 * MILLI, 10_000 * MILLI, ACCEPTED, "200");

        assertThat(operation.byTenth()).isEmpty();
        assertThat(operation.bySecond()).hasSize(11);
    }
}
