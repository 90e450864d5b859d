package com.flashsale.reports.law;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The processor use of a platform: {@code cores = F + m x rate} for each process and for all, from rates that were held
 * below the limit. The limit that follows is the rate at which all of them fill the usable cores.
 *
 * @param problem the reason why no law follows from these rates; else empty
 * @param sum of all processes, the load generator included; null if there is a problem
 * @param usableCores cores of the machine x {@value #USABLE}, less the mean of what other programs took
 * @param predicted null if there is a problem, or if the sum does not surely rise with the rate
 * @param remarks what limits the meaning of the law
 * @param hotPlaces the dearest methods of the dearest JVMs; empty if they were not asked
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CapacityLaw(
        String problem,
        List<Hold> holds,
        List<ProcessLaw> processes,
        @Nullable ProcessLaw sum,
        double usableCores,
        @Nullable Prediction predicted,
        List<String> remarks,
        List<HotPlace> hotPlaces) {

    /** The share of a machine that a platform fills at its limit: in docs/performance.md, 0.92 of two cores. */
    public static final double USABLE = 0.92;

    public static final int FEWEST_RATES = 4;

    /** The highest rate as a multiple of the lowest. Nearer rates say little about the charge at rate 0. */
    static final double LEAST_SPREAD = 1.5;

    /** Rates that differ by less are one rate. */
    private static final double SAME = 0.02;

    /**
     * @param machineCores of the machine that platform and load generator share
     * @param unseen processes of the platform whose processor time is unknown
     */
    public static CapacityLaw of(List<Hold> holds, double machineCores, List<String> unseen) {
        double others = holds.stream().mapToDouble(Hold::othersCores).average().orElse(0);
        double usable = machineCores * USABLE - others;
        var problem = problem(holds);
        if (!problem.isEmpty()) {
            return new CapacityLaw(problem, holds, List.of(), null, usable, null, List.of(), List.of());
        }
        var names = new TreeSet<String>();
        holds.forEach(hold -> names.addAll(hold.cores().keySet()));
        var processes = names.stream()
                .map(name -> ProcessLaw.of(name, holds, hold -> hold.cores().getOrDefault(name, 0.0)))
                .toList();
        var line = ProcessLaw.line(holds, Hold::allCores);
        var sum = ProcessLaw.of("all", line);
        var predicted = unseen.isEmpty() ? line.reaching(usable) : null;
        return new CapacityLaw(
                "", holds, processes, sum, usable, predicted, remarks(sum, processes, predicted, unseen), List.of());
    }

    private static String problem(List<Hold> holds) {
        var rates = holds.stream().map(Hold::rate).sorted().toList();
        int different = 0;
        double last = 0;
        for (double rate : rates) {
            if (rate > last * (1 + SAME)) {
                different++;
                last = rate;
            }
        }
        if (different < FEWEST_RATES) {
            return "no capacity law: it needs %d different rates that are held, and %d were"
                    .formatted(FEWEST_RATES, different);
        }
        if (rates.getLast() < rates.getFirst() * LEAST_SPREAD) {
            return ("no capacity law: the rates lie too near to each other, from %.1f to %.1f a second;"
                            + " the highest must be %.1f times the lowest")
                    .formatted(rates.getFirst(), rates.getLast(), LEAST_SPREAD);
        }
        return "";
    }

    private static List<String> remarks(
            ProcessLaw sum, List<ProcessLaw> processes, @Nullable Prediction predicted, List<String> unseen) {
        var remarks = new ArrayList<String>();
        if (!unseen.isEmpty()) {
            remarks.add("The processor time of " + String.join(", ", unseen)
                    + " is unknown, so no limit follows from the law.");
        } else if (predicted == null) {
            remarks.add("The processor time does not surely rise with the rate, so no limit follows from the law.");
        }
        var bent = new ArrayList<>(processes.stream()
                .filter(ProcessLaw::bends)
                .map(ProcessLaw::process)
                .toList());
        if (sum.bends()) bent.add(sum.process());
        if (!bent.isEmpty()) {
            remarks.add("F is below zero for " + String.join(", ", bent)
                    + ": a request costs more at a higher rate, or the JVMs were still warming up."
                    + " A line is no law for that.");
        }
        return remarks;
    }

    /** The process that takes most at a rate; the load generator is no part of the platform. */
    public Optional<ProcessLaw> heaviest(double rate, String loadGenerator) {
        return processes.stream()
                .filter(each -> !each.process().equals(loadGenerator))
                .max(Comparator.comparingDouble(each -> each.coresAt(rate)));
    }

    public CapacityLaw with(List<HotPlace> places, List<String> moreRemarks) {
        var all = new ArrayList<>(remarks);
        all.addAll(moreRemarks);
        return new CapacityLaw(problem, holds, processes, sum, usableCores, predicted, all, List.copyOf(places));
    }
}
