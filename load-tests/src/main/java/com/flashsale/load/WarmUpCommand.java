package com.flashsale.load;

import com.flashsale.client.ExitCode;
import com.flashsale.load.inject.Arrivals;
import com.flashsale.load.platform.Target;
import com.flashsale.load.workload.Measurement;
import com.flashsale.load.workload.SteadyStateWarmUp;
import com.flashsale.load.workload.TestRun;
import com.flashsale.load.workload.Workloads;
import java.io.PrintStream;
import java.time.Duration;

/** {@code load warm-up}: plays each workload without a measurement. */
final class WarmUpCommand {

    private static final Arrivals VISITS = Arrivals.constant(50, Duration.ofSeconds(20));

    private final PrintStream out;

    WarmUpCommand(PrintStream out) {
        this.out = out;
    }

    int run() throws Exception {
        var target = Target.running();
        target.requireTrust();
        try (var testRun = TestRun.of(target)) {
            out.println(testRun.announcement());
            new SteadyStateWarmUp(testRun, out::println).run();
            for (var workload : Workloads.values()) {
                out.println("warm-up   " + workload.label());
                new Measurement(testRun).of(workload, VISITS);
            }
        }
        return ExitCode.OK;
    }
}
