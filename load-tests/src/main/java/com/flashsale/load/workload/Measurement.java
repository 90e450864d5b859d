package com.flashsale.load.workload;

import com.flashsale.load.inject.Arrivals;
import com.flashsale.load.inject.Injector;
import com.flashsale.load.observe.ByteCounters;
import com.flashsale.load.observe.Metrics;
import com.flashsale.load.observe.Processor;
import com.flashsale.load.observe.ProcessorUse;
import com.flashsale.load.observe.QueueWatch;
import com.flashsale.load.observe.ServiceMetrics;
import com.flashsale.load.observe.SettleWatch;
import com.flashsale.load.observe.SettleWatch.Observation;
import com.flashsale.reports.result.Result.Settle;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Measures one workload once: prepares it, starts the visits, waits until their orders are settled. */
public final class Measurement {

    private static final Duration LEAD = Duration.ofMillis(500);

    /** Visitors who came last may still wait for their turn. */
    private static final Duration LAST_VISITS = Duration.ofSeconds(60);

    /** Time after the run; an order that is not settled by then counts as lost. */
    private static final Duration LAST_DECISIONS = Duration.ofSeconds(60);

    private final TestRun testRun;

    public Measurement(TestRun testRun) {
        this.testRun = testRun;
    }

    public Measured of(Workload workload, Arrivals arrivals) throws SQLException, InterruptedException {
        var set = workload.prepare(testRun, arrivals.count());
        try (var metrics = new Metrics(testRun.target().state());
                var settling =
                        set.orders() && set.sale() != null ? new SettleWatch(testRun.target(), set.sale()) : null) {
            return measure(set, arrivals, new Probes(metrics, settling));
        } finally {
            if (set.sale() != null) testRun.sales().end(set.sale());
        }
    }

    private record Probes(Metrics metrics, @Nullable SettleWatch settling) {
        long settled() {
            return settling == null ? 0 : settling.settled();
        }
    }

    private Measured measure(Workload.Prepared set, Arrivals arrivals, Probes probes)
            throws SQLException, InterruptedException {
        var processor = new Processor(testRun.target().state());
        long settledBefore = probes.settled();
        try (var queues = new QueueWatch(testRun.target());
                var bytes = new ByteCounters(testRun.target())) {
            var bytesBefore = bytes.read();
            var before = probes.metrics().scrape();
            var processorBefore = processor.complete(processor.read(), before);
            // nothing that takes time comes between this line and the first visitor
            var startedAt = Instant.now().plus(LEAD);
            long start = System.nanoTime() + LEAD.toNanos();
            var run = new WorkloadRun(testRun.client(), start);
            Map<String, DoubleSupplier> own = Map.of(
                    "requests without an answer",
                    () -> testRun.client().unanswered(),
                    "orders not settled",
                    () -> set.orders() ? run.acceptedOrders() - (probes.settled() - settledBefore) : 0);
            queues.begin(start, own);
            var injector = new Injector(testRun.client());
            injector.run(arrivals, start, set.visits().in(run), run::nobodyPauses, LAST_VISITS);
            var watched = settle(probes.settling(), run, settledBefore);
            var readingAfter = processor.read();
            var bytesAfter = bytes.read();
            var after = probes.metrics().scrape();
            var series = queues.stop();
            return new Measured(
                    new Measured.Schedule(
                            startedAt, arrivals.rate(), arrivals.length().toNanos() / 1e9, arrivals.count()),
                    run.operations(),
                    watched.settle(run, start + arrivals.length().toNanos(), start),
                    new ProcessorUse(
                            processorBefore,
                            processor.complete(readingAfter, after),
                            processor.residentBytes(),
                            processor.unseen()),
                    new ServiceMetrics(before, after),
                    series,
                    ByteCounters.between(bytesBefore, bytesAfter),
                    queues.trouble());
        }
    }

    private static Watched settle(@Nullable SettleWatch settling, WorkloadRun run, long before)
            throws SQLException, InterruptedException {
        if (settling == null) return new Watched(List.of(), new Histogram(3), 0);
        settling.await(run.acceptedOrders() + before, LAST_DECISIONS.toNanos());
        var observations = settling.observations();
        var decided = settling.decided();
        return new Watched(
                observations, Settling.latencies(observations, decided, run.orders()), decided.size() - before);
    }

    private record Watched(List<Observation> observations, Histogram micros, long decided) {

        @Nullable
        Settle settle(WorkloadRun run, long lastArrival, long start) {
            if (observations.isEmpty()) return null;
            return new Settle(
                    run.acceptedOrders(),
                    decided,
                    Settling.rate(observations),
                    Latencies.of(micros),
                    Math.max(0, (observations.getLast().nanos() - lastArrival) / 1e9),
                    Settling.progress(observations, start));
        }
    }
}
