package com.flashsale.reports.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CapacityLawTest {

    private static final double EXACT = 1e-9;

    private static List<Hold> holds(double[] rates, DoubleUnaryOperator gateway, DoubleUnaryOperator orders) {
        return DoubleStream.of(rates)
                .mapToObj(rate -> new Hold(
                        rate,
                        Map.of("gateway", gateway.applyAsDouble(rate), "order-service", orders.applyAsDouble(rate)),
                        0.04))
                .toList();
    }

    private static final double[] RATES = {100, 200, 300, 400, 500};

    @Test
    void planted_charges_come_back_for_each_process_and_in_sum() {
        var law = CapacityLaw.of(holds(RATES, rate -> 0.2 + 0.0005 * rate, rate -> 0.3 + 0.0011 * rate), 2, List.of());

        assertThat(law.problem()).isEmpty();
        assertThat(law.remarks()).isEmpty();
        var gateway = law.processes().getFirst();
        assertThat(gateway.process()).isEqualTo("gateway");
        assertThat(gateway.standingCores()).isCloseTo(0.2, within(EXACT));
        assertThat(gateway.millisPerRequest()).isCloseTo(0.5, within(EXACT));
        assertThat(gateway.residualCores()).isCloseTo(0, within(EXACT));
        assertThat(law.sum().standingCores()).isCloseTo(0.5, within(EXACT));
        assertThat(law.sum().millisPerRequest()).isCloseTo(1.6, within(EXACT));
        assertThat(law.heaviest(500, "load generator").orElseThrow().process()).isEqualTo("order-service");
        assertThat(law.heaviest(500, "order-service").orElseThrow().process()).isEqualTo("gateway");
    }

    @Test
    void the_predicted_limit_fills_the_usable_cores_that_other_programs_leave() {
        var law = CapacityLaw.of(holds(RATES, rate -> 0.2 + 0.0005 * rate, rate -> 0.3 + 0.0011 * rate), 2, List.of());

        // 2 x 0.92 - 0.04 = 1.80 cores, less 0.5, at 1.6 ms each
        assertThat(law.usableCores()).isCloseTo(1.80, within(EXACT));
        assertThat(law.predicted().rate()).isCloseTo(812.5, within(1e-6));
        assertThat(law.predicted().low()).isCloseTo(812.5, within(1e-6));
        assertThat(law.predicted().high()).isCloseTo(812.5, within(1e-6));
    }

    @Test
    void residual_and_margins_are_those_of_the_textbook() {
        // deviations +1, -1, -1, +1 hundredths are orthogonal to a line through 1, 2, 3, 4
        double[] cores = {0.51, 0.59, 0.69, 0.81};
        var holds = IntStream.range(0, 4)
                .mapToObj(i -> new Hold(100.0 * (i + 1), Map.of("gateway", cores[i]), 0))
                .toList();

        var gateway = CapacityLaw.of(holds, 2, List.of()).processes().getFirst();

        double residual = Math.sqrt(4 * 0.01 * 0.01 / 2);
        assertThat(gateway.standingCores()).isCloseTo(0.4, within(EXACT));
        assertThat(gateway.millisPerRequest()).isCloseTo(1.0, within(EXACT));
        assertThat(gateway.residualCores()).isCloseTo(residual, within(EXACT));
        // t of two degrees of freedom, sum of squares 50,000, mean 250
        assertThat(gateway.millisMargin()).isCloseTo(1e3 * 4.303 * residual / Math.sqrt(50_000), within(EXACT));
        assertThat(gateway.standingMargin())
                .isCloseTo(4.303 * residual * Math.sqrt(0.25 + 250.0 * 250 / 50_000), within(EXACT));
    }

    @Test
    void with_noise_the_interval_holds_the_planted_value_about_as_often_as_it_says() {
        int standing = 0;
        int each = 0;
        int limit = 0;
        int runs = 1_000;
        var random = new SplittableRandom(20261201);
        for (int run = 0; run < runs; run++) {
            var holds = DoubleStream.of(RATES)
                    .mapToObj(rate ->
                            new Hold(rate, Map.of("all", 0.6 + 0.0016 * rate + 0.03 * random.nextGaussian()), 0))
                    .toList();
            var law = CapacityLaw.of(holds, 2, List.of());
            if (Math.abs(law.sum().standingCores() - 0.6) <= law.sum().standingMargin()) standing++;
            if (Math.abs(law.sum().millisPerRequest() - 1.6) <= law.sum().millisMargin()) each++;
            var predicted = law.predicted();
            if (predicted.low() <= 775 && 775 <= predicted.high()) limit++;
        }
        // 95 % of 1,000 with a standard error of 7
        assertThat(standing).isBetween(920, 980);
        assertThat(each).isBetween(920, 980);
        assertThat(limit).isBetween(920, 980);
    }

    @Test
    void a_negative_charge_is_kept_and_remarked() {
        var law = CapacityLaw.of(holds(RATES, rate -> -0.1 + 0.001 * rate, rate -> 0.3), 2, List.of());

        assertThat(law.processes().getFirst().standingCores()).isCloseTo(-0.1, within(EXACT));
        assertThat(law.remarks()).singleElement().asString().startsWith("F is below zero for gateway:");
    }

    @Test
    void one_rate_is_no_law() {
        var law = CapacityLaw.of(holds(new double[] {200, 200, 201, 199, 200}, rate -> 0.3, rate -> 0.4), 2, List.of());

        assertThat(law.problem()).isEqualTo("no capacity law: it needs 4 different rates that are held, and 1 were");
        assertThat(law.sum()).isNull();
        assertThat(law.predicted()).isNull();
        assertThat(CapacityLaw.of(List.of(), 2, List.of()).problem()).endsWith("and 0 were");
    }

    @Test
    void rates_that_lie_near_to_each_other_are_no_law() {
        var law = CapacityLaw.of(holds(new double[] {200, 210, 220, 230, 240}, rate -> 0.3, rate -> 0.4), 2, List.of());

        assertThat(law.problem()).contains("too near to each other, from 200.0 to 240.0");
    }

    @Test
    void a_charge_that_does_not_rise_predicts_no_limit() {
        var law = CapacityLaw.of(holds(RATES, rate -> 0.5, rate -> 0.4), 2, List.of());

        assertThat(law.predicted()).isNull();
        assertThat(law.remarks()).singleElement().asString().contains("does not surely rise");
    }

    @Test
    void without_the_time_of_the_engines_there_is_a_law_but_no_limit() {
        var law = CapacityLaw.of(
                holds(RATES, rate -> 0.2 + 0.0005 * rate, rate -> 0.3), 2, List.of("postgresql", "kafka"));

        assertThat(law.sum()).isNotNull();
        assertThat(law.predicted()).isNull();
        assertThat(law.remarks()).singleElement().asString().contains("postgresql, kafka is unknown");
    }
}
