package com.flashsale.reports.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.flashsale.reports.result.WarmUpCurve.Point;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WarmUpCurveTest {

    private static List<Point> points(int seconds, IntUnaryOperator accepted) {
        return IntStream.range(0, seconds)
                .mapToObj(second -> new Point(second, accepted.applyAsInt(second), 0, 1, 2))
                .toList();
    }

    @Test
    void the_two_figures_are_the_first_ten_seconds_and_the_second_that_reaches_most_of_the_last_ten() {
        // 10, 20, ... 400 and then 400 a second: 80 % is 320
        var curve = WarmUpCurve.of("join", points(60, second -> Math.min(400, 10 * (second + 1))));

        assertThat(curve.firstTen()).isCloseTo(55, within(0.001));
        assertThat(curve.finalRate()).isCloseTo(400, within(0.001));
        assertThat(curve.secondsToMost()).isEqualTo(30);
    }

    @Test
    void one_lucky_second_is_no_warm_platform() {
        var curve = WarmUpCurve.of("join", points(60, second -> second == 5 || second >= 40 ? 100 : 10));

        assertThat(curve.secondsToMost()).isEqualTo(40);
    }

    @Test
    void a_short_or_empty_curve_has_no_second_of_its_own() {
        assertThat(WarmUpCurve.of("join", points(12, _ -> 100)).secondsToMost()).isNull();
        assertThat(WarmUpCurve.of("join", points(0, _ -> 100)).finalRate()).isZero();
    }

    @Test
    void a_recovery_is_measured_against_the_ten_seconds_before_the_kill() {
        var curve = WarmUpCurve.of("order", points(60, second -> second < 20 ? 200 : second < 35 ? 5 : 170));

        var recovery = WarmUpReport.recovery(curve, 20.3);

        assertThat(recovery.before()).isCloseTo(200, within(0.001));
        assertThat(recovery.secondsToMost()).isEqualTo(15);
    }

    @Test
    void a_replica_that_stays_slow_has_not_recovered() {
        var curve = WarmUpCurve.of("order", points(60, second -> second < 20 ? 200 : 100));

        assertThat(WarmUpReport.recovery(curve, 20).secondsToMost()).isNull();
    }
}
