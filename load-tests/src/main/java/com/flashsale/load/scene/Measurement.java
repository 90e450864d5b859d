package com.flashsale.load.scene;

import com.flashsale.load.inject.Arrivals;
import com.flashsale.load.inject.Injector;
import com.flashsale.load.observe.Metrics;
import com.flashsale.load.observe.Processor;
import com.flashsale.load.observe.ProcessorUse;
import com.flashsale.load.observe.QueueWatch;
import com.flashsale.load.observe.ServiceMetrics;
import com.flashsale.load.observe.SettleWatch;
import com.flashsale.load.observe.SettleWatch.Look;
import com.flashsale.load.result.Latencies;
import com.flashsale.load.result.Result.Settle;
import com.flashsale.load.result.Settling;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Measures one scene once: prepares it, starts the visits, waits until their orders are settled. */
public final class Measurement {

    private static final Duration LEAD = Duration.ofMillis(500);

    /** Visitors who came last may still wait for their turn. */
    private static final Duration LAST_VISITS = Duration.ofSeconds(60);

    /** Time after the run; an order that is not settled by then counts as lost. */
    private static final Duration LAST_DECISIONS = Duration.ofSeconds(60);

    private final Stage stage;

    public Measurement(Stage stage) {
        this.stage = stage;
    }

    public Measured of(Scene scene, Arrivals arrivals) throws SQLException, InterruptedException {
        var set = scene.prepare(stage, arrivals.count());
        try (var metrics = new Metrics(stage.target().state());
                var settling =
                        set.orders() && set.sale() != null ? new SettleWatch(stage.target(), set.sale()) : null) {
            return measure(set, arrivals, new Eyes(metrics, settling));
        } finally {
            if (set.sale() != null) stage.sales().end(set.sale());
        }
    }

    private record Eyes(Metrics metrics, @Nullable SettleWatch settling) {
        long settled() {
            return settling == null ? 0 : settling.settled();
        }
    }

    private Measured measure(Scene.Set set, Arrivals arrivals, Eyes eyes) throws SQLException, InterruptedException {
        var processor = new Processor(stage.target().state());
        long settledBefore = eyes.settled();
        try (var queues = new QueueWatch(stage.target())) {
            var before = eyes.metrics().scrape();
            var processorBefore = processor.complete(processor.read(), before);
            // nothing that takes time comes between this line and the first visitor
            var startedAt = Instant.now().plus(LEAD);
            long start = System.nanoTime() + LEAD.toNanos();
            var run = new Run(stage.client(), start);
            Map<String, DoubleSupplier> own = Map.of(
                    "requests without an answer",
                    () -> stage.client().unanswered(),
                    "orders not settled",
                    () -> set.orders() ? run.acceptedOrders() - (eyes.settled() - settledBefore) : 0);
            queues.begin(start, own);
            var injector = new Injector(stage.client());
            injector.run(arrivals, start, set.visits().in(run), run::nobodyPauses, LAST_VISITS);
            var watched = settle(eyes.settling(), run, settledBefore);
            var readingAfter = processor.read();
            var after = eyes.metrics().scrape();
            var series = queues.stop();
            return new Measured(
                    new Measured.Schedule(
                            startedAt, arrivals.rate(), arrivals.length().toNanos() / 1e9),
                    run.operations(),
                    watched.settle(run, start + arrivals.length().toNanos(), start),
                    new ProcessorUse(
                            processorBefore,
                            processor.complete(readingAfter, after),
                            processor.residentBytes(),
                            processor.unseen()),
                    new ServiceMetrics(before, after),
                    series,
                    (queues.trouble() + " " + injector.trouble()).strip());
        }
    }

    private static Watched settle(@Nullable SettleWatch settling, Run run, long before)
            throws SQLException, InterruptedException {
        if (settling == null) return new Watched(List.of(), new Histogram(3), 0);
        settling.await(run.acceptedOrders() + before, LAST_DECISIONS.toNanos());
        var looks = settling.looks();
        var decided = settling.decided();
        return new Watched(looks, Settling.latencies(looks, decided, run.orders()), decided.size() - before);
    }

    private record Watched(List<Look> looks, Histogram micros, long decided) {

        @Nullable
        Settle settle(Run run, long lastArrival, long start) {
            if (looks.isEmpty()) return null;
            return new Settle(
                    run.acceptedOrders(),
                    decided,
                    Settling.rate(looks),
                    Latencies.of(micros),
                    Math.max(0, (looks.getLast().nanos() - lastArrival) / 1e9),
                    Settling.progress(looks, start));
        }
    }
}
