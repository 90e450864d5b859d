package com.flashsale.reports.plan;

import com.flashsale.reports.result.LimitResult;
import com.flashsale.reports.result.Result;
import java.util.Arrays;

/**
 * The rates per second that one node held, and its resident memory. The whole platform and the injector shared that
 * node's cores.
 */
record Limits(double browse, double poll, double join, double accepted, double settled, long residentBytes) {

    static Limits of(Result result) {
        return new Limits(
                median(result, "browse"),
                median(result, "poll"),
                median(result, "join"),
                median(result, "accepted"),
                median(result, "settled"),
                resident(result));
    }

    /** 0 where the memory of a process is unknown: in containers the load test cannot read it. */
    private static long resident(Result result) {
        var bytes = result.figures().processes().stream()
                .mapToLong(process -> process.residentBytes())
                .toArray();
        return Arrays.stream(bytes).allMatch(each -> each > 0)
                ? Arrays.stream(bytes).sum()
                : 0;
    }

    private static double median(Result result, String operation) {
        double median = result.findings().limits().stream()
                .filter(limit -> limit.operation().equals(operation))
                .findFirst()
                .map(LimitResult::median)
                .orElseThrow(() -> new IllegalArgumentException(
                        "The result has no limit of '" + operation + "': measure all with ./flashsale load limit"));
        if (median <= 0)
            throw new IllegalArgumentException("The limit of '" + operation + "' is 0: nothing follows from it");
        return median;
    }
}
