package com.flashsale.load.result;

import com.flashsale.load.inject.Operation;
import com.flashsale.load.inject.Outcome;
import com.flashsale.load.result.Result.Latency;
import com.flashsale.load.result.Result.OperationResult;
import com.flashsale.load.result.Result.Second;
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

    public static OperationResult of(Operation operation, double intendedRate, double seconds) {
        return new OperationResult(
                operation.name(),
                intendedRate,
                operation.count(Outcome.ACCEPTED) / seconds,
                of(operation.times(Outcome.ACCEPTED)),
                of(operation.times(Outcome.SOLD_OUT)),
                of(operation.times(Outcome.REFUSED)),
                of(operation.times(Outcome.FAILED)),
                Map.copyOf(operation.kinds()),
                seconds(operation));
    }

    private static List<Second> seconds(Operation operation) {
        var all = new ArrayList<Second>();
        for (var second : operation.seconds()) {
            var outcomes = second.outcomes();
            all.add(new Second(
                    all.size(),
                    outcomes.getOrDefault(Outcome.ACCEPTED, 0),
                    outcomes.getOrDefault(Outcome.SOLD_OUT, 0),
                    outcomes.getOrDefault(Outcome.REFUSED, 0),
                    outcomes.getOrDefault(Outcome.FAILED, 0),
                    at(second.times(), 50),
                    at(second.times(), 99)));
        }
        return all;
    }
}
