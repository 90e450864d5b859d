package com.flashsale.load.workload;

import com.flashsale.load.inject.Operation;
import com.flashsale.load.inject.Outcome;
import com.flashsale.load.observe.Processor;
import com.flashsale.load.observe.ProcessorUse;
import com.flashsale.load.observe.ServiceMetrics;
import com.flashsale.reports.law.Hold;
import com.flashsale.reports.result.CostCard;
import com.flashsale.reports.result.Lateness;
import com.flashsale.reports.result.Result.Figures;
import com.flashsale.reports.result.Result.ProcessShare;
import com.flashsale.reports.result.Result.Settle;
import com.flashsale.reports.result.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The measurements of a run.
 *
 * @param settle null for a run without orders
 * @param bytes written and sent, by medium
 * @param trouble the reason why a part of the run was not seen; else empty
 */
public record Measured(
        Schedule schedule,
        Collection<Operation> operations,
        @Nullable Settle settle,
        ProcessorUse processor,
        ServiceMetrics metrics,
        List<Series> queues,
        Map<String, Long> bytes,
        String trouble) {

    /** Cores. The kernel's own work and a quiet system stay below. */
    private static final double OTHERS = 0.3;

    /**
     * @param rate planned arrivals a second
     * @param visits planned arrivals
     */
    public record Schedule(Instant startedAt, double rate, double seconds, int visits) {}

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
                queues,
                costs());
    }

    private CostCard costs() {
        var millis = new TreeMap<String, Long>();
        processor.processes().forEach(process -> millis.put(process, processor.millis(process)));
        millis.remove(Processor.LOAD_GENERATOR);
        var memory = new TreeMap<>(processor.residentBytes());
        memory.remove(Processor.LOAD_GENERATOR);
        return CostCard.of(
                settle == null ? 0 : settle.settled(),
                schedule.visits(),
                millis,
                bytes,
                memory.values().stream().mapToLong(Long::longValue).sum());
    }

    /** The rate and the cores of this run: settled orders, or the accepted of its most frequent request. */
    public Hold hold() {
        double done = settle != null
                ? settle.settled()
                : operations.stream()
                        .mapToLong(operation -> operation.count(Outcome.ACCEPTED))
                        .max()
                        .orElse(0);
        var cores = new TreeMap<String, Double>();
        processor.processes().forEach(process -> cores.put(process, processor.cores(process)));
        return new Hold(done / processor.seconds(), cores, processor.othersCores());
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
