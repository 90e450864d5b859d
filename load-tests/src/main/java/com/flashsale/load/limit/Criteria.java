package com.flashsale.load.limit;

import com.flashsale.load.inject.Outcome;
import com.flashsale.load.workload.Latencies;
import com.flashsale.load.workload.Measured;
import com.flashsale.reports.result.Result.Latency;
import com.flashsale.reports.result.Series;
import java.util.ArrayList;
import java.util.List;

/**
 * The conditions under which a rate counts as held.
 *
 * @param p99Millis 99th percentile of the latency of every operation
 * @param settledMillis 99th percentile from an order's due time to its durable decision; 0: not judged
 * @param errorShare share of the requests that were not accepted
 */
public record Criteria(double p99Millis, double settledMillis, double errorShare) {

    static final Criteria ACCEPTED = new Criteria(250, 0, 0.001);
    static final Criteria SETTLED = new Criteria(250, 2_000, 0.001);

    /** The first part of a run fills the queues to the level at which they then stay. */
    private static final double SETTLING_IN = 0.33;

    /** Growth of a queue below this share of the rate is noise between samples. */
    private static final double NOISE = 0.02;

    /** A queue that never holds more than this time of arrivals does not count. */
    private static final double SHORT_SECONDS = 0.25;

    /** The reasons why the run did not hold its rate; empty if it did. */
    List<String> reasonsAgainst(Measured run) {
        var reasons = new ArrayList<String>();
        for (var operation : run.operations()) {
            var times = Latencies.of(operation.times(Outcome.ACCEPTED));
            if (times.p99() > p99Millis) reasons.add("%s p99 %.0f ms".formatted(operation.name(), times.p99()));
            if (operation.errorShare() > errorShare) {
                reasons.add("%s errors %.2f %% %s"
                        .formatted(operation.name(), operation.errorShare() * 100, operation.kinds()));
            }
        }
        run.queues().stream()
                .filter(queue -> judges(queue.name()) && grows(queue, run))
                .forEach(queue -> reasons.add("%s grows, to %.0f".formatted(queue.name(), queue.max())));
        if (settledMillis > 0) addSettling(run, reasons);
        return reasons;
    }

    private boolean judges(String queue) {
        return queue.equals("requests without an answer") || (settledMillis > 0 && queue.equals("orders not settled"));
    }

    private static boolean grows(Series queue, Measured run) {
        double from = run.seconds() * SETTLING_IN;
        var during = new Series(
                queue.name(),
                queue.unit(),
                queue.points().stream()
                        .filter(point -> point.seconds() <= run.seconds())
                        .toList());
        return during.slopeFrom(from) > run.rate() * NOISE && during.max() > run.rate() * SHORT_SECONDS;
    }

    private void addSettling(Measured run, List<String> reasons) {
        var settle = run.settle();
        if (settle == null) {
            reasons.add("nothing was settled");
            return;
        }
        if (settle.settled() < settle.accepted()) {
            reasons.add(
                    "%d of %d orders not settled".formatted(settle.accepted() - settle.settled(), settle.accepted()));
        }
        if (settle.latency().p99() > settledMillis)
            reasons.add("settled p99 %.0f ms".formatted(settle.latency().p99()));
    }

    /** The latency that the limit is about: the settling of orders, or the slowest operation. */
    Latency latency(Measured run) {
        var settle = run.settle();
        if (settledMillis > 0 && settle != null) return settle.latency();
        return run.operations().stream()
                .map(operation -> Latencies.of(operation.times(Outcome.ACCEPTED)))
                .max((one, other) -> Double.compare(one.p99(), other.p99()))
                .orElse(new Latency(0, 0, 0, 0, 0, 0));
    }
}
