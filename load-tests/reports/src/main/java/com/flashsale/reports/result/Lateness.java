package com.flashsale.reports.result;

import com.flashsale.reports.result.Result.OperationResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The effect of the injector's own lateness on a result. Latencies run from the due time, so they contain it; each
 * result also has the p99 from sending, which does not.
 */
public final class Lateness {

    /** Milliseconds. A smaller share of a latency is within the noise of two shared cores. */
    private static final double NOTABLE_MILLIS = 10;

    private static final double NOTABLE_SHARE = 0.1;

    /** Milliseconds. From here on, a reader should know of it even if it explains little. */
    private static final double LATE_MILLIS = 100;

    /**
     * Milliseconds. Requests that are later than the length of an interval come in another interval than the one that
     * reports them. Then neither the arrivals nor the rows of a result are those that were planned.
     */
    private static final double MEANINGLESS_MILLIS = 1_000;

    private Lateness() {}

    /** A sentence for each kind of request whose figures the injector has changed notably. */
    public static List<String> warnings(List<OperationResult> operations) {
        var warnings = new ArrayList<String>();
        for (var operation : operations) {
            var pace = operation.pace();
            if (pace != null && isNotable(pace, operation.accepted().p99())) warnings.add(text(operation, pace));
        }
        return warnings;
    }

    private static boolean isNotable(Pace pace, double p99) {
        double explained = p99 - pace.sinceSentP99();
        return pace.lateP99() > LATE_MILLIS || (explained > NOTABLE_MILLIS && explained > p99 * NOTABLE_SHARE);
    }

    private static String text(OperationResult operation, Pace pace) {
        double p99 = operation.accepted().p99();
        return String.format(
                Locale.ROOT,
                "%s: the injector sent requests up to %.0f ms late (p99). That explains %.0f of the %.0f ms of the p99;"
                        + " from sending it is %.0f ms.",
                operation.name(),
                pace.lateP99(),
                Math.max(0, p99 - pace.sinceSentP99()),
                p99,
                pace.sinceSentP99());
    }

    /** The reason why the figures mean nothing; empty if they do. */
    public static String invalid(List<OperationResult> operations) {
        var invalid = operations.stream()
                .filter(each -> each.pace() != null && each.pace().lateP99() > MEANINGLESS_MILLIS)
                .map(each -> "%s requests up to %.0f ms late (p99)"
                        .formatted(each.name(), each.pace().lateP99()))
                .toList();
        return invalid.isEmpty()
                ? ""
                : "the injector sent " + String.join(", ", invalid) + ", more than "
                        + "%.0f ms: these are not the planned arrivals".formatted(MEANINGLESS_MILLIS);
    }
}
