package com.flashsale.load.scenario;

import com.flashsale.load.inject.Operation;
import com.flashsale.load.inject.Outcome;
import com.flashsale.load.workload.Latencies;
import com.flashsale.load.workload.Measured;
import com.flashsale.reports.result.Result.Check;
import java.util.function.DoublePredicate;
import java.util.function.ToDoubleFunction;

/** The checks that scenarios share. An operation that never happened fails them. */
final class Expect {

    private Expect() {}

    static Check noFailure(Measured run) {
        long failed = run.operations().stream()
                .mapToLong(each -> each.count(Outcome.FAILED))
                .sum();
        long all = run.operations().stream().mapToLong(Operation::count).sum();
        return new Check("no request failed", failed == 0 && all > 0, failed + " of " + all);
    }

    static Check allSettled(Measured run) {
        var settle = run.settle();
        return settle == null
                ? new Check("every accepted order is settled", false, "no order")
                : new Check(
                        "every accepted order is settled",
                        settle.accepted() > 0 && settle.settled() == settle.accepted(),
                        settle.settled() + " of " + settle.accepted());
    }

    /** The rate of the accepted requests of one kind. */
    static Check perSecond(Measured run, String operation, double atLeast) {
        return judge(
                run,
                "%s: at least %.0f accepted a second".formatted(operation, atLeast),
                operation,
                Operation::rate,
                found -> found >= atLeast);
    }

    /** Of all that were asked. */
    static Check share(Measured run, String operation, Outcome outcome, double atLeast) {
        return judge(
                run,
                "%s: at least %.1f %% %s".formatted(operation, atLeast * 100, outcome),
                operation,
                each -> (double) each.count(outcome) / each.count(),
                share -> share >= atLeast);
    }

    static Check p99(Measured run, String operation, Outcome outcome, double millis) {
        return judge(
                run,
                "%s: %s within %.0f ms (p99)".formatted(operation, outcome, millis),
                operation,
                each -> Latencies.of(each.times(outcome)).p99(),
                found -> found <= millis);
    }

    private static Check judge(
            Measured run, String name, String operation, ToDoubleFunction<Operation> figure, DoublePredicate good) {
        return run.operations().stream()
                .filter(each -> each.name().equals(operation) && each.count() > 0)
                .findFirst()
                .map(each -> figure.applyAsDouble(each))
                .map(found -> new Check(name, good.test(found), "%.3f".formatted(found)))
                .orElse(new Check(name, false, "never happened"));
    }
}
