package com.flashsale.reports.plan;

import com.flashsale.reports.plan.Row.Basis;
import com.flashsale.reports.result.WarmUpCurve;
import com.flashsale.reports.result.WarmUpReport;
import java.util.ArrayList;
import java.util.List;

/** How long before a sale its pods must be asked for: their start, and the time until they are fast. */
final class Lead {

    private static final double MILLI = 1_000;

    private Lead() {}

    /**
     * No row if nothing is known of the pods.
     *
     * @throws IllegalArgumentException for a warm-up that does not tell when its requests were fast
     */
    static List<Row> rows(Pods pods) {
        var rows = new ArrayList<Row>();
        var start = pods.start();
        double seconds = 0;
        if (start != null) {
            seconds = start.toMillis() / MILLI;
            rows.add(new Row("start of a pod", "as given", seconds, "s", Basis.MEASURED));
        }
        var warmUp = pods.warmUp();
        if (warmUp != null) {
            double slow = secondsToMost(warmUp);
            rows.add(new Row(
                    "warm-up of a pod",
                    "80 %% of its rate, %d customers at once".formatted(warmUp.atOnce()),
                    slow,
                    "s",
                    Basis.MEASURED));
            rows.add(new Row(
                    "rate of a cold pod",
                    "first ten seconds / last ten seconds",
                    warmUp.curves().stream().mapToDouble(Lead::coldShare).min().orElse(0),
                    "of its rate",
                    Basis.MEASURED));
            seconds += slow;
        }
        if (!rows.isEmpty()) {
            rows.add(new Row("scale before the opening", formula(pods), seconds, "s", Basis.MEASURED));
        }
        return rows;
    }

    private static String formula(Pods pods) {
        if (pods.warmUp() == null) return "start; give --warm-up for the time until it is fast";
        return pods.start() == null ? "warm-up; give --pod-start for the start" : "start + warm-up";
    }

    /** Of the slowest kind of request. */
    private static double secondsToMost(WarmUpReport warmUp) {
        int most = 0;
        if (warmUp.curves().isEmpty()) throw new IllegalArgumentException("The warm-up has no curve.");
        for (var curve : warmUp.curves()) {
            var seconds = curve.secondsToMost();
            if (seconds == null) {
                throw new IllegalArgumentException("The warm-up curve of '" + curve.operation()
                        + "' does not tell when it was fast: measure longer with ./flashsale load warm-up --curve");
            }
            most = Math.max(most, seconds);
        }
        return most;
    }

    private static double coldShare(WarmUpCurve curve) {
        return curve.finalRate() == 0 ? 0 : curve.firstTen() / curve.finalRate();
    }
}
