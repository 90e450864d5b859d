package com.flashsale.load.inject;

import com.flashsale.load.http.Response;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * Results and latencies of one kind of request. A latency runs from the due time of a request, not from its sending: a
 * wait in this process or in the network counts too (no coordinated omission). Used by one thread.
 */
public final class Operation {

    /** Longer latencies are recorded as this one. */
    private static final long LONGEST_MICROS = 120_000_000;

    private static final int FINE = 3;
    private static final int COARSE = 2;
    private static final long SECOND = 1_000_000_000;
    private static final long MICRO = 1_000;

    /** The requests due in one second: their number by outcome, microseconds of the accepted. */
    public record Second(Map<Outcome, Integer> outcomes, Histogram times) {
        Second() {
            this(new EnumMap<>(Outcome.class), new Histogram(LONGEST_MICROS, COARSE));
        }
    }

    private final String name;
    private final Map<Outcome, Histogram> times = new EnumMap<>(Outcome.class);
    private final Map<String, Long> kinds = new TreeMap<>();
    private final List<Second> seconds = new ArrayList<>();
    private final long start;

    /** @param start the beginning of the run, on the scale of {@link System#nanoTime} */
    public Operation(String name, long start) {
        this.name = name;
        this.start = start;
        for (var outcome : Outcome.values()) times.put(outcome, new Histogram(LONGEST_MICROS, FINE));
    }

    public Outcome record(long due, Response response) {
        return record(due, System.nanoTime(), Outcome.of(response), response.kind());
    }

    public Outcome record(long due, long end, Outcome outcome, String kind) {
        long micros = Math.clamp((end - due) / MICRO, 0, LONGEST_MICROS);
        times(outcome).recordValue(micros);
        kinds.merge(kind, 1L, Long::sum);
        var second = second(due);
        second.outcomes().merge(outcome, 1, Integer::sum);
        if (outcome == Outcome.ACCEPTED) second.times().recordValue(micros);
        return outcome;
    }

    private Second second(long due) {
        int index = Math.clamp((due - start) / SECOND, 0, 100_000);
        while (seconds.size() <= index) seconds.add(new Second());
        return seconds.get(index);
    }

    public String name() {
        return name;
    }

    public Histogram times(Outcome outcome) {
        var found = times.get(outcome);
        if (found == null) throw new IllegalStateException("no histogram for " + outcome);
        return found;
    }

    public long count(Outcome outcome) {
        return times(outcome).getTotalCount();
    }

    public long count() {
        return times.values().stream().mapToLong(Histogram::getTotalCount).sum();
    }

    /** The share of the requests that were not accepted. */
    public double errorShare() {
        return count() == 0 ? 0 : 1 - (double) count(Outcome.ACCEPTED) / count();
    }

    public Map<String, Long> kinds() {
        return kinds;
    }

    public List<Second> seconds() {
        return seconds;
    }
}
