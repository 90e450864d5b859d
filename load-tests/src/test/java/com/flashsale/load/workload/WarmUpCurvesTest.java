package com.flashsale.load.workload;

import static com.flashsale.load.Samples.MILLI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.flashsale.load.inject.Operation;
import com.flashsale.load.inject.Outcome;
import com.flashsale.reports.result.WarmUpCurve.Point;
import org.junit.jupiter.api.Test;

class WarmUpCurvesTest {

    @Test
    void an_answer_counts_in_the_second_of_its_arrival() {
        var operation = new Operation("join", 0);
        operation.record(900 * MILLI, 2_100 * MILLI, Outcome.ACCEPTED, "200");
        operation.record(950 * MILLI, 1_000 * MILLI, Outcome.REFUSED, "503 overloaded");
        operation.record(2_500 * MILLI, 3_100 * MILLI, Outcome.ACCEPTED, "200");

        var points = WarmUpCurves.of(operation, 3).points();

        assertThat(points).extracting(Point::accepted).containsExactly(0, 0, 1);
        assertThat(points).extracting(Point::notAccepted).containsExactly(1, 0, 0);
        assertThat(points.getFirst().p99()).isCloseTo(1_200, within(20.0));
    }

    @Test
    void a_curve_ends_before_the_customers_do() {
        var operation = new Operation("order", 0);
        for (int n = 0; n < 500; n++) operation.record(n * 10 * MILLI, n * 10 * MILLI, Outcome.ACCEPTED, "202");

        assertThat(WarmUpCurves.wholeSeconds(operation, 501, 60)).isEqualTo(60);
        assertThat(WarmUpCurves.wholeSeconds(operation, 500, 60)).isEqualTo(3);
        assertThat(WarmUpCurves.wholeSeconds(new Operation("order", 0), 0, 60)).isZero();
    }
}
