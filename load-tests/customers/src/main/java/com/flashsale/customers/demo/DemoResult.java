package com.flashsale.customers.demo;

import com.flashsale.client.api.Steps.Step;
import com.flashsale.client.platform.PlatformState;
import com.flashsale.customers.Counters;
import com.flashsale.customers.CustomerResult;
import com.flashsale.customers.Population;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A sale that was played: its result, and how it went from look to look. */
public record DemoResult(SaleResult result, List<Timeline.Look> timeline) {

    /** All that the result is made of. */
    record Seen(
            SalePlan plan,
            String saleId,
            Population population,
            Counters counters,
            DemoRunData course,
            FinalState books,
            PlatformState platform) {}

    static DemoResult of(Seen seen) {
        var plan = seen.plan();
        var course = seen.course();
        var result = new SaleResult(
                seen.saleId(),
                plan.units(),
                plan.customers(),
                plan.seed(),
                seen.population().counts(),
                course.rush(),
                counts(seen.counters()),
                seen.counters().askedToWait(),
                seen.counters().endings(),
                steps(course.results()),
                new SaleResult.Seconds(
                        course.secondsToAllPaid(),
                        last(course.results()) - plan.terms().times().opensIn().toSeconds()),
                new SaleResult.Platform(
                        seen.platform().secondsToReady(), seen.platform().rssBytes()),
                seen.books(),
                AcceptanceCriteria.of(plan, seen.counters(), seen.books()));
        return new DemoResult(result, course.timeline());
    }

    private static Map<Counters.Count, Long> counts(Counters counters) {
        var counts = new EnumMap<Counters.Count, Long>(Counters.Count.class);
        for (var count : Counters.Count.values()) {
            counts.put(count, counters.of(count));
        }
        return counts;
    }

    private static Map<Step, Percentiles> steps(List<CustomerResult> results) {
        var steps = new LinkedHashMap<Step, Percentiles>();
        for (var step : Step.values()) {
            steps.put(
                    step,
                    Percentiles.of(results.stream()
                            .flatMap(customer ->
                                    Stream.ofNullable(customer.times().get(step)))
                            .toList()));
        }
        return steps;
    }

    private static double last(List<CustomerResult> results) {
        return results.stream()
                        .map(CustomerResult::at)
                        .max(Comparator.naturalOrder())
                        .orElse(Duration.ZERO)
                        .toMillis()
                / 1000.0;
    }
}
