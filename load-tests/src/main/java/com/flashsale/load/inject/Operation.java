package com.flashsale.load.inject;

import com.flashsale.load.http.Answer;
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

    /** The requests due in one second: their number by ending, microseconds of the accepted. */
    public record Second(Map<Ending, Integer> endings, Histogram times) {
        Second() {
            this(new EnumMap<>(Ending.class), new Histogram(LONGEST_MICROS, COARSE));
        }
    }

    private final String name;
    private final Map<Ending, Histogram> times = new EnumMap<>(Ending.class);
    private final Map<String, Long> kinds = new TreeMap<>();
    private final List<Second> seconds = new ArrayList<>();
    private final long start;

    /** @param start the beginning of the run, on the scale of {@link System#nanoTime} */
    public Operation(String name, long start) {
        this.name = name;
        this.start = start;
        for (var ending : Ending.values()) times.put(ending, new Histogram(LONGEST_MICROS, FINE));
    }

    public Ending record(long due, Answer answer) {
        return record(due, System.nanoTime(), Ending.of(answer), answer.kind());
    }

    public Ending record(long due, long end, Ending ending, String kind) {
        long micros = Math.clamp((end - due) / MICRO, 0, LONGEST_MICROS);
        times(ending).recordValue(micros);
        kinds.merge(kind, 1L, Long::sum);
        var second = second(due);
        second.endings().merge(ending, 1, Integer::sum);
        if (ending == Ending.ACCEPTED) second.times().recordValue(micros);
        return ending;
    }

    private Second second(long due) {
        int index = Math.clamp((due - start) / SECOND, 0, 100_000);
        while (seconds.size() <= index) seconds.add(new Second());
        return seconds.get(index);
    }

    public String name() {
        return name;
    }

    public Histogram times(Ending ending) {
        var found = times.get(ending);
        if (found == null) throw new IllegalStateException("no histogram for " + ending);
        return found;
    }

    public long count(Ending ending) {
        return times(ending).getTotalCount();
    }

    public long count() {
        return times.values().stream().mapToLong(Histogram::getTotalCount).sum();
    }

    /** The share of the requests that were not accepted. */
    public double errorShare() {
        return count() == 0 ? 0 : 1 - (double) count(Ending.ACCEPTED) / count();
    }

    public Map<String, Long> kinds() {
        return kinds;
    }

    public List<Second> seconds() {
        return seconds;
    }
}
