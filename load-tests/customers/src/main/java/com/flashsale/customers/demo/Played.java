package com.flashsale.customers.demo;

import com.flashsale.client.api.Steps.Step;
import com.flashsale.client.platform.PlatformState;
import com.flashsale.customers.Cast;
import com.flashsale.customers.Tally;
import com.flashsale.customers.Visit;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A sale that was played: its result, and how it went from look to look. */
public record Played(SaleResult result, List<Timeline.Look> timeline) {

    /** All that the result is made of. */
    record Seen(
            SalePlan plan,
            String saleId,
            Cast cast,
            Tally tally,
            Course course,
            Aftermath books,
            PlatformState platform) {}

    static Played of(Seen seen) {
        var plan = seen.plan();
        var course = seen.course();
        var result = new SaleResult(
                seen.saleId(),
                plan.units(),
                plan.customers(),
                plan.seed(),
                seen.cast().counts(),
                course.rush(),
                counts(seen.tally()),
                seen.tally().askedToWait(),
                seen.tally().endings(),
                steps(course.visits()),
                new SaleResult.Seconds(
                        course.secondsToAllPaid(),
                        last(course.visits()) - plan.terms().times().opensIn().toSeconds()),
                new SaleResult.Platform(
                        seen.platform().secondsToReady(), seen.platform().rssBytes()),
                seen.books(),
                Verdict.of(plan, seen.tally(), seen.books()));
        return new Played(result, course.timeline());
    }

    private static Map<Tally.Count, Long> counts(Tally tally) {
        var counts = new EnumMap<Tally.Count, Long>(Tally.Count.class);
        for (var count : Tally.Count.values()) {
            counts.put(count, tally.of(count));
        }
        return counts;
    }

    private static Map<Step, Percentiles> steps(List<Visit> visits) {
        var steps = new LinkedHashMap<Step, Percentiles>();
        for (var step : Step.values()) {
            steps.put(
                    step,
                    Percentiles.of(visits.stream()
                            .flatMap(visit -> Stream.ofNullable(visit.times().get(step)))
                            .toList()));
        }
        return steps;
    }

    private static double last(List<Visit> visits) {
        return visits.stream()
                        .map(Visit::at)
                        .max(Comparator.naturalOrder())
                        .orElse(Duration.ZERO)
                        .toMillis()
                / 1000.0;
    }
}
