package com.flashsale.reports.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.flashsale.reports.Samples;
import com.flashsale.reports.law.CapacityLaw;
import com.flashsale.reports.law.Hold;
import com.flashsale.reports.result.LimitResult;
import com.flashsale.reports.result.Result;
import com.flashsale.reports.result.Result.Findings;
import com.flashsale.reports.result.WarmUpCurve;
import com.flashsale.reports.result.WarmUpReport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LawPlanTest {

    /** 200 joins, 20 page views and, with 500 in the line, 100 polls a second; orders at 650 / 1.3 = 500 a second. */
    private final Demand crowd = new Demand(12_000, Duration.ofSeconds(60), 100, 0.3);

    /** Two gateways, and each service with the same F and m for every operation. */
    private static Result measured() {
        var holds = IntStream.of(100, 200, 300, 400)
                .mapToObj(rate -> new Hold(
                        rate,
                        Map.of(
                                "gateway-1", 0.1 + 0.0002 * rate,
                                "gateway-2", 0.1 + 0.0003 * rate,
                                "catalog-service", 0.02,
                                "waitlist-service", 0.05 + 0.002 * rate,
                                "order-service", 0.05 + 0.001 * rate,
                                "inventory-service", 0.04 + 0.0004 * rate),
                        0))
                .toList();
        var law = CapacityLaw.of(holds, 2, List.of());
        var sample = Samples.full();
        var limits = sample.findings().limits().stream()
                .map(limit -> limit.with(law))
                .toList();
        return sample.with(Findings.limits(sample.findings().audit(), limits));
    }

    private static WarmUpReport warmUp(@Nullable Integer secondsToMost) {
        return new WarmUpReport(
                1.0,
                64,
                List.of(
                        new WarmUpCurve("join", 100, 400, 17, List.of()),
                        new WarmUpCurve("order", 90, 450, secondsToMost, List.of())),
                null);
    }

    @Test
    void replicas_follow_from_f_and_m_of_each_service() {
        var plan = Plan.of(crowd, measured(), Pods.USUAL);

        // 820 requests a second through the gateway at 0.5 ms, 30 % free, in 0.92 - 0.1 cores
        assertThat(plan.value("gateway")).isEqualTo(Math.ceil(0.41 * 1.3 / 0.82) + 1);
        // 1.64 cores for as many at 2 ms, in 0.92 - 0.05
        assertThat(plan.value("waitlist-service")).isEqualTo(Math.ceil(1.64 * 1.3 / 0.87) + 1);
        assertThat(plan.value("order-service")).isEqualTo(Math.ceil(0.82 * 1.3 / 0.87) + 1);
        assertThat(plan.value("catalog-service")).isEqualTo(1);
        assertThat(plan.value("inventory-service")).isEqualTo(2);
        assertThat(plan.value("cores of the stock's writer")).isCloseTo(0.04 + 0.328, within(1e-9));
        assertThat(plan.text()).contains("500/s x 0.500 ms", "F 0.10", "come from the capacity laws");
    }

    @Test
    void larger_pods_are_fewer_and_a_pod_below_f_is_refused() {
        var plan = Plan.of(crowd, measured(), new Pods(4, null, null));

        assertThat(plan.value("waitlist-service")).isEqualTo(Math.ceil(1.64 * 1.3 / 3.63) + 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Plan.of(crowd, measured(), new Pods(0.1, null, null)))
                .withMessageContaining("too small for gateway, which takes 0.10");
        assertThatIllegalArgumentException().isThrownBy(() -> new Pods(0, null, null));
    }

    @Test
    void a_result_with_the_law_of_some_operations_is_planned_from_limits() {
        var whole = measured();
        var limits = whole.findings().limits().stream()
                .map(limit -> limit.operation().equals("poll") ? withoutLaw(limit) : limit)
                .toList();
        var partly = whole.with(Findings.limits(whole.findings().audit(), limits));

        assertThat(Plan.of(crowd, partly, Pods.USUAL).text()).contains("The limits were measured with everything");
    }

    private static LimitResult withoutLaw(LimitResult limit) {
        return limit.with(CapacityLaw.of(List.of(), 2, List.of()));
    }

    @Test
    void pods_are_asked_for_as_early_as_they_take_to_start_and_to_become_fast() {
        var plan = Plan.of(crowd, measured(), new Pods(1, Duration.ofMillis(42_500), warmUp(21)));

        assertThat(plan.value("start of a pod")).isEqualTo(42.5);
        assertThat(plan.value("warm-up of a pod")).isEqualTo(21);
        assertThat(plan.value("rate of a cold pod")).isCloseTo(0.2, within(1e-9));
        assertThat(plan.value("scale before the opening")).isEqualTo(63.5);
        assertThat(plan.text()).contains("start + warm-up", "Only requests make a pod warm");
    }

    @Test
    void one_of_both_times_is_told_to_be_a_part() {
        var start = Plan.of(crowd, measured(), new Pods(1, Duration.ofSeconds(40), null));
        assertThat(start.value("scale before the opening")).isEqualTo(40);
        assertThat(start.text()).contains("give --warm-up");

        var warm = Plan.of(crowd, measured(), new Pods(1, null, warmUp(21)));
        assertThat(warm.value("scale before the opening")).isEqualTo(21);
        assertThat(warm.text()).contains("give --pod-start");
    }

    @Test
    void a_curve_that_is_too_short_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Plan.of(crowd, measured(), new Pods(1, null, warmUp(null))))
                .withMessageContaining("curve of 'order' does not tell when it was fast");
    }
}
