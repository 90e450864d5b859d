package com.flashsale.load.workload;

import com.flashsale.load.inject.Operation;
import com.flashsale.load.observe.ProcessorUse;
import com.flashsale.load.observe.Series;
import com.flashsale.load.observe.ServiceMetrics;
import com.flashsale.load.result.Latencies;
import com.flashsale.load.result.Lateness;
import com.flashsale.load.result.Result.Figures;
import com.flashsale.load.result.Result.ProcessShare;
import com.flashsale.load.result.Result.Settle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The measurements of a run.
 *
 * @param settle null for a run without orders
 * @param trouble the reason why a part of the run was not seen; else empty
 */
public record Measured(
        Schedule schedule,
        Collection<Operation> operations,
        @Nullable Settle settle,
        ProcessorUse processor,
        ServiceMetrics metrics,
        List<Series> queues,
        String trouble) {

    /** Cores. The kernel's own work and a quiet system stay below. */
    private static final double OTHERS = 0.3;

    /** @param rate planned arrivals a second */
    public record Schedule(Instant startedAt, double rate, double seconds) {}

    public double rate() {
        return schedule.rate();
    }

    public double seconds() {
        return schedule.seconds();
    }

    /** The part of a result that this run determines. */
    public Figures figures() {
        return new Figures(
                schedule.startedAt(),
                seconds(),
                operations.stream().map(each -> Latencies.of(each, rate())).toList(),
                settle,
                processor.processes().stream().map(this::share).toList(),
                processor.machineBusyShare(),
                queues);
    }

    /** A late injector and a machine that was not quiet, each with its effect. */
    public List<String> warnings() {
        var warnings = new ArrayList<>(Lateness.warnings(figures().operations()));
        double others = processor.othersCores();
        if (others > OTHERS) {
            warnings.add("Other programs kept %.2f cores busy: the rates and times are no capacity of the platform."
                    .formatted(others));
        }
        return warnings;
    }

    private ProcessShare share(String process) {
        long millis = processor.millis(process);
        return new ProcessShare(
                process,
                millis,
                processor.cores(process),
                processor.residentBytes().getOrDefault(process, 0L),
                settle == null || settle.settled() == 0 ? null : (double) millis / settle.settled());
    }
}
