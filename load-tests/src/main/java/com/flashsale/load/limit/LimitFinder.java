package com.flashsale.load.limit;

import com.flashsale.load.inject.Arrivals;
import com.flashsale.load.workload.Measured;
import com.flashsale.load.workload.Measurement;
import com.flashsale.reports.result.LimitResult;
import com.flashsale.reports.result.LimitResult.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds the limit of one operation, by trials of a fixed length. */
public final class LimitFinder {

    /**
     * @param hold how long a rate must be held
     * @param pause between trials, for what the last one left behind
     */
    public record Settings(Duration hold, int runs, double precision, Duration pause) {

        public static final Settings FULL = new Settings(Duration.ofSeconds(60), 3, 0.05, Duration.ofSeconds(10));
        public static final Settings QUICK = new Settings(Duration.ofSeconds(15), 1, 0.15, Duration.ofSeconds(3));
    }

    private static final double STEP = 1.5;

    private final Measurement measurement;
    private final Settings settings;
    private final Predicate<Measured> audit;
    private final Consumer<String> say;
    private @Nullable Measured best;
    private @Nullable Measured worst;

    /** @param audit whether the invariants hold after a trial */
    public LimitFinder(Measurement measurement, Settings settings, Predicate<Measured> audit, Consumer<String> say) {
        this.measurement = measurement;
        this.settings = settings;
        this.audit = audit;
        this.say = say;
    }

    public LimitResult find(LimitTarget target) throws Exception {
        var trials = new ArrayList<Trial>();
        var found = new ArrayList<Double>();
        double start = target.start();
        for (int run = 1; run <= settings.runs(); run++) {
            int number = run;
            var search = new Search(start, STEP, settings.precision(), target.ceiling());
            found.add(search.highest(rate -> {
                var trial = trial(target, number, rate);
                trials.add(trial);
                return trial.held();
            }));
            // the next run begins near what the last one found, from below
            start = Math.max(1, found.getLast() / STEP);
        }
        var sorted = found.stream().sorted().toList();
        return new LimitResult(
                target.name(),
                List.copyOf(found),
                sorted.getFirst(),
                sorted.get(sorted.size() / 2),
                sorted.getLast(),
                worst == null
                        ? "none up to the ceiling of " + target.ceiling() + "/s"
                        : new Evidence(worst).bottleneck(),
                trials,
                null);
    }

    private Trial trial(LimitTarget target, int run, double rate) throws Exception {
        var measured = measurement.of(target.workload(), Arrivals.constant(rate, settings.hold()));
        var reasons = new ArrayList<>(target.criteria().reasonsAgainst(measured));
        if (!audit.test(measured)) reasons.add("the audit is red");
        boolean held = reasons.isEmpty();
        if (held && (best == null || rate >= best.rate())) best = measured;
        if (!held) worst = measured;
        var trial = new Trial(
                run,
                rate,
                held,
                reasons,
                target.criteria().latency(measured),
                errorShare(measured),
                achieved(measured),
                new Evidence(measured).text());
        say.accept(line(target, trial));
        Thread.sleep(settings.pause());
        return trial;
    }

    /** The best run that was held: the figures of the result's operations are its. */
    public List<Measured> held() {
        return best == null ? List.of() : List.of(best);
    }

    private static double errorShare(Measured run) {
        return run.operations().stream()
                .mapToDouble(each -> each.errorShare())
                .max()
                .orElse(0);
    }

    private static double achieved(Measured run) {
        return run.operations().stream().mapToDouble(each -> each.rate()).min().orElse(0);
    }

    private static String line(LimitTarget target, Trial trial) {
        return "%-9s run %d  %7.0f/s  %-4s  p50 %.0f p99 %.0f ms  %s%n          %s"
                .formatted(
                        target.name(),
                        trial.run(),
                        trial.rate(),
                        trial.held() ? "held" : "NOT",
                        trial.latency().p50(),
                        trial.latency().p99(),
                        String.join(", ", trial.reasons()),
                        trial.evidence());
    }
}
