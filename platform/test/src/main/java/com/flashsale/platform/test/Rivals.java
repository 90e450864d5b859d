package com.flashsale.platform.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Ways to do the same work, measured in turns: whatever else the machine does in between hits all of them alike, so that their rates may be
 * divided by each other. No test: it prints, and judges nothing.
 */
public final class Rivals {

    /** One batch of work. */
    @FunctionalInterface
    public interface Work {

        /** Returns how many things were done. */
        long once() throws Exception;
    }

    private static final double NANOS = 1e9;

    private final Map<String, Work> rivals = new LinkedHashMap<>();

    /** The first one added is what the others are divided by. */
    public Rivals add(String name, Work work) {
        rivals.put(name, work);
        return this;
    }

    /**
     * Does everything for so long unmeasured, then in turns, and prints for each the median of its rates.
     *
     * @return things per second, by name
     */
    public Map<String, Double> measure(Duration warmUp, Duration turn, int turns) throws Exception {
        for (var work : rivals.values()) rate(work, warmUp);
        var rates = new LinkedHashMap<String, List<Double>>();
        for (int i = 0; i < turns; i++) {
            for (var rival : rivals.entrySet()) {
                rates.computeIfAbsent(rival.getKey(), _ -> new ArrayList<>()).add(rate(rival.getValue(), turn));
            }
        }
        var medians = new LinkedHashMap<String, Double>();
        rates.forEach((name, each) -> medians.put(name, median(each)));
        double first = medians.values().iterator().next();
        rates.forEach((name, each) -> print(name, median(each), each, first));
        return medians;
    }

    private static double rate(Work work, Duration length) throws Exception {
        long begun = System.nanoTime();
        long done = 0;
        do {
            done += work.once();
        } while (System.nanoTime() - begun < length.toNanos());
        return done / ((System.nanoTime() - begun) / NANOS);
    }

    private static double median(List<Double> rates) {
        var sorted = rates.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static void print(String name, double rate, List<Double> each, double first) {
        var range = each.stream().mapToDouble(Double::doubleValue).summaryStatistics();
        System.out.printf(
                "stage  %-66s %,10.0f/s  (%,.0f to %,.0f)  %5.1f %% of the first%n",
                name, rate, range.getMin(), range.getMax(), 100 * rate / first);
    }
}
