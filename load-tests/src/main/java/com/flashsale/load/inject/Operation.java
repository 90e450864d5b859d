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
    private static final long SECOND = 1_000_000_000;
    private static final long MICRO = 1_000;
    private static final int MOST_SECONDS = 100_000;

    private final String name;
    private final Map<Outcome, Histogram> times = new EnumMap<>(Outcome.class);
    private final Histogram late = new Histogram(LONGEST_MICROS, FINE);
    private final Histogram sinceSent = new Histogram(LONGEST_MICROS, FINE);
    private final Map<String, Long> kinds = new TreeMap<>();
    private final Intervals seconds = new Intervals(SECOND, MOST_SECONDS);
    private final Intervals tenths = new Intervals(Intervals.TENTH, Intervals.MOST_TENTHS);
    private final List<Integer> finished = new ArrayList<>();
    private final Span span = new Span();
    private final long start;

    /** @param start the beginning of the run, on the scale of {@link System#nanoTime} */
    public Operation(String name, long start) {
        this.name = name;
        this.start = start;
        for (var outcome : Outcome.values()) times.put(outcome, new Histogram(LONGEST_MICROS, FINE));
    }

    /** A request that was sent when it was due. */
    public Outcome record(long due, Response response) {
        return record(due, due, response);
    }

    /** @param sent when the request was given to the client */
    public Outcome record(long due, long sent, Response response) {
        return record(due, sent, System.nanoTime(), Outcome.of(response), response.kind());
    }

    /** A request that was sent when it was due. */
    public Outcome record(long due, long end, Outcome outcome, String kind) {
        return record(due, due, end, outcome, kind);
    }

    /** All times are on the scale of {@link System#nanoTime}. */
    public Outcome record(long due, long sent, long end, Outcome outcome, String kind) {
        long micros = micros(due, end);
        times(outcome).recordValue(micros);
        late.recordValue(micros(due, sent));
        kinds.merge(kind, 1L, Long::sum);
        span.add(due, end, outcome == Outcome.ACCEPTED);
        seconds.add(due - start, outcome, micros);
        tenths.add(due - start, outcome, micros);
        if (outcome == Outcome.ACCEPTED) {
            sinceSent.recordValue(micros(sent, end));
            countFinished(end - start);
        }
        return outcome;
    }

    private static long micros(long from, long to) {
        return Math.clamp((to - from) / MICRO, 0, LONGEST_MICROS);
    }

    private void countFinished(long nanos) {
        int second = Math.clamp(nanos / SECOND, 0, MOST_SECONDS);
        while (finished.size() <= second) finished.add(0);
        finished.set(second, finished.get(second) + 1);
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

    /** Accepted requests a second, from the first due request to the last accepted answer. */
    public double rate() {
        return count(Outcome.ACCEPTED) / span.accepted();
    }

    /** Requests of any outcome a second, over the time in which they were due. */
    public double offeredRate() {
        return count() / span.offered();
    }

    /** The time by which {@link #rate} divides; at least one second. */
    public double seconds() {
        return span.accepted();
    }

    /** Microseconds by which this process sent the requests late. */
    public Histogram late() {
        return late;
    }

    /** Microseconds of the accepted requests from sending: the latencies without this process's own lateness. */
    public Histogram sinceSent() {
        return sinceSent;
    }

    public Map<String, Long> kinds() {
        return kinds;
    }

    /** By the second in which the requests were due. */
    public List<Intervals.Interval> bySecond() {
        return seconds.all();
    }

    /** By the tenth of a second in which the requests were due; empty if some were due after ten seconds. */
    public List<Intervals.Interval> byTenth() {
        return tenths.all();
    }

    /** The accepted answers that arrived in each second. */
    public List<Integer> finished() {
        return finished;
    }
}
