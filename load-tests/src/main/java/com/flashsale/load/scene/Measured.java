package com.flashsale.load.scene;

import com.flashsale.load.inject.Operation;
import com.flashsale.load.observe.Processor;
import com.flashsale.load.observe.Series;
import com.flashsale.load.observe.SettleWatch.Look;
import com.flashsale.load.result.Latencies;
import com.flashsale.load.result.Result;
import com.flashsale.load.result.Result.ProcessShare;
import com.flashsale.load.result.Result.Settle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The measurements of a run.
 *
 * @param rate planned arrivals a second
 * @param settleMicros empty for a run without orders
 * @param before processor time at the beginning of the run
 * @param unseen processes of the platform whose processor time is not known
 */
public record Measured(
        String name,
        Instant startedAt,
        double rate,
        double seconds,
        Collection<Operation> operations,
        @Nullable Settle settle,
        Histogram settleMicros,
        List<Look> looks,
        Processor.Reading before,
        Processor.Reading after,
        Map<String, Long> residentBytes,
        List<String> unseen,
        Map<String, Map<String, Double>> metricsBefore,
        Map<String, Map<String, Double>> metricsAfter,
        List<Series> queues,
        String trouble) {

    /** The given result with the figures of this run. */
    public Result addedTo(Result begun) {
        return new Result(
                begun.version(),
                begun.kind(),
                begun.story(),
                startedAt,
                seconds,
                begun.code(),
                begun.machine(),
                begun.settings(),
                operations.stream()
                        .map(each -> Latencies.of(each, rate, seconds))
                        .toList(),
                settle,
                processes(),
                machineBusyShare(),
                queues,
                begun.audit(),
                begun.checks(),
                begun.limits(),
                begun.raw());
    }

    private List<ProcessShare> processes() {
        var shares = new ArrayList<ProcessShare>();
        after.millis().forEach((name, millis) -> {
            long used = millis - before.millis().getOrDefault(name, 0L);
            shares.add(new ProcessShare(
                    name, used, cores(name), residentBytes.getOrDefault(name, 0L), perOrder(used, settle)));
        });
        return shares;
    }

    private static @Nullable Double perOrder(long millis, @Nullable Settle settle) {
        return settle == null || settle.settled() == 0 ? null : (double) millis / settle.settled();
    }

    /** The number of cores that a process kept busy. */
    public double cores(String process) {
        long used = after.millis().getOrDefault(process, 0L) - before.millis().getOrDefault(process, 0L);
        return used / wallMillis();
    }

    /**
     * The number of cores that other programs kept busy, which disturb the measurement. 0 where a part of the platform
     * is out of sight and cannot be told from other programs.
     */
    public double othersCores() {
        if (!unseen.isEmpty()) return 0;
        double own = after.millis().keySet().stream().mapToDouble(this::cores).sum();
        return Math.max(0, machineBusyShare() * Runtime.getRuntime().availableProcessors() - own);
    }

    public double machineBusyShare() {
        long all = after.totalMillis() - before.totalMillis();
        return all == 0 ? 0 : (double) (after.busyMillis() - before.busyMillis()) / all;
    }

    /** The time of the run as the kernel counted it: total time divided by the cores. */
    private double wallMillis() {
        int cores = Runtime.getRuntime().availableProcessors();
        return Math.max(1, (after.totalMillis() - before.totalMillis()) / (double) cores);
    }

    /** The growth of a service's counter over the run. */
    public double growth(String service, String metric) {
        return value(metricsAfter, service, metric) - value(metricsBefore, service, metric);
    }

    /** The mean of a timer or summary over the run; 0 if nothing was recorded. */
    public double mean(String service, String timer, String suffix) {
        double count = growth(service, timer + "_count" + suffix);
        return count == 0 ? 0 : growth(service, timer + "_sum" + suffix) / count;
    }

    private static double value(Map<String, Map<String, Double>> metrics, String service, String metric) {
        return metrics.getOrDefault(service, Map.of()).getOrDefault(metric, 0.0);
    }
}
