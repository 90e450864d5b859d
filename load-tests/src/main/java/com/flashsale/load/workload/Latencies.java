package com.flashsale.load.workload;

import com.flashsale.load.inject.Intervals.Interval;
import com.flashsale.load.inject.Operation;
import com.flashsale.load.inject.Outcome;
import com.flashsale.reports.result.Pace;
import com.flashsale.reports.result.Result.Latency;
import com.flashsale.reports.result.Result.OperationResult;
import com.flashsale.reports.result.Result.Second;
import com.flashsale.reports.result.Result.Tenth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** From histograms of microseconds to the figures of a result. */
public final class Latencies {

    private static final double MILLI = 1_000;

    private Latencies() {}

    public static Latency of(Histogram micros) {
        return new Latency(
                micros.getTotalCount(),
                at(micros, 50),
                at(micros, 95),
                at(micros, 99),
                at(micros, 99.9),
                micros.getTotalCount() == 0 ? 0 : micros.getMaxValue() / MILLI);
    }

    private static double at(Histogram micros, double percentile) {
        return micros.getTotalCount() == 0 ? 0 : micros.getValueAtPercentile(percentile) / MILLI;
    }

    /** @param intendedRate visits a second as planned; a visit may send several requests of this kind, or none */
    public static OperationResult of(Operation operation, double intendedRate) {
        return new OperationResult(
                operation.name(),
                intendedRate,
                operation.rate(),
                of(operation.times(Outcome.ACCEPTED)),
                of(operation.times(Outcome.SOLD_OUT)),
                of(operation.times(Outcome.REFUSED)),
                of(operation.times(Outcome.FAILED)),
                Map.copyOf(operation.kinds()),
                seconds(operation),
                new Pace(
                        operation.count(),
                        operation.offeredRate(),
                        operation.seconds(),
                        at(operation.late(), 99),
                        at(operation.sinceSent(), 99)),
                tenths(operation));
    }

    private static List<Tenth> tenths(Operation operation) {
        var all = new ArrayList<Tenth>();
        for (var tenth : operation.byTenth()) {
            all.add(new Tenth(
                    all.size(),
                    count(tenth, Outcome.ACCEPTED),
                    count(tenth, Outcome.SOLD_OUT),
                    count(tenth, Outcome.REFUSED),
                    count(tenth, Outcome.FAILED),
                    at(tenth.times(), 50),
                    at(tenth.times(), 99)));
        }
        return all;
    }

    private static int count(Interval interval, Outcome outcome) {
        return interval.outcomes().getOrDefault(outcome, 0);
    }

    private static List<Second> seconds(Operation operation) {
        var all = new ArrayList<Second>();
        for (var second : operation.bySecond()) {
            all.add(new Second(
                    all.size(),
                    count(second, Outcome.ACCEPTED),
                    count(second, Outcome.SOLD_OUT),
                    count(second, Outcome.REFUSED),
                    count(second, Outcome.FAILED),
                    at(second.times(), 50),
                    at(second.times(), 99)));
        }
        return all;
    }
}
