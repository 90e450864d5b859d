package com.flashsale.load.limit;

import com.flashsale.load.inject.Arrivals;
import com.flashsale.load.observe.FlightRecorder;
import com.flashsale.load.workload.Measured;
import com.flashsale.load.workload.Measurement;
import com.flashsale.reports.law.CapacityLaw;
import com.flashsale.reports.law.Hold;
import com.flashsale.reports.law.HotPlace;
import com.flashsale.reports.law.ProcessLaw;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Finds the capacity law of one operation: holds rates below its limit and reads what each process took. */
public final class LawFinder {

    /**
     * Shares of the limit; one more than the law needs. Their order has no trend, so a platform that still becomes
     * faster does not look like a charge for the rate.
     */
    static final List<Double> SHARES = List.of(0.65, 0.2, 0.5, 0.8, 0.35);

    private static final double PROFILED_SHARE = 0.8;
    private static final int PROFILED_PROCESSES = 2;

    private final Measurement measurement;
    private final LimitFinder.Settings settings;
    private final Consumer<String> say;

    public LawFinder(Measurement measurement, LimitFinder.Settings settings, Consumer<String> say) {
        this.measurement = measurement;
        this.settings = settings;
        this.say = say;
    }

    /** @param limit a second, as the search found it */
    public CapacityLaw find(LimitTarget target, double limit) throws SQLException, InterruptedException {
        var holds = new ArrayList<Hold>();
        var unseen = new TreeSet<String>();
        for (double share : SHARES) {
            double rate = limit * share;
            if (rate <= 0) break;
            var measured = measure(target, rate);
            var reasons = target.criteria().reasonsAgainst(measured);
            var hold = measured.hold();
            say.accept("%-9s law    %7.0f/s  %-4s  %.2f cores, others %.2f  %s"
                    .formatted(
                            target.name(),
                            rate,
                            reasons.isEmpty() ? "held" : "NOT",
                            hold.cores().values().stream()
                                    .mapToDouble(Double::doubleValue)
                                    .sum(),
                            hold.othersCores(),
                            String.join(", ", reasons)));
            if (reasons.isEmpty()) holds.add(hold);
            unseen.addAll(measured.processor().unseen());
            Thread.sleep(settings.pause());
        }
        return CapacityLaw.of(holds, Runtime.getRuntime().availableProcessors(), List.copyOf(unseen));
    }

    /** The law with the dearest methods of its dearest services, at one more rate. */
    public CapacityLaw profiled(LimitTarget target, double limit, CapacityLaw law, FlightRecorder recorder)
            throws SQLException, InterruptedException {
        var dearest = dearest(law, limit, recorder.processes());
        if (dearest.isEmpty()) return law.with(List.of(), List.of("No places: " + recorder.obstacle()));
        var places = new ArrayList<HotPlace>();
        var remarks = new ArrayList<String>();
        try (var recording = recorder.record(dearest)) {
            measure(target, limit * PROFILED_SHARE);
            places.addAll(recording.places());
            remarks.addAll(recording.remarks());
        }
        return law.with(places, remarks);
    }

    private static List<String> dearest(CapacityLaw law, double limit, Set<String> known) {
        return law.processes().stream()
                .filter(each -> known.contains(each.process()))
                .sorted(Comparator.comparingDouble((ProcessLaw each) -> each.coresAt(limit))
                        .reversed())
                .limit(PROFILED_PROCESSES)
                .map(ProcessLaw::process)
                .toList();
    }

    private Measured measure(LimitTarget target, double rate) throws SQLException, InterruptedException {
        return measurement.of(target.workload(), Arrivals.constant(rate, settings.hold()));
    }
}
