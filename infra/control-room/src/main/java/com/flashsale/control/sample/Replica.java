package com.flashsale.control.sample;

import com.flashsale.control.figures.Buckets;
import com.flashsale.control.figures.Metrics;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The last readings of one replica's metrics, and what grew between them. */
final class Replica {

    /** Latencies are those of this many readings, so that a slow second has some requests to count. */
    private static final int LATENCY_READINGS = 5;

    private static final double NANOS_PER_SECOND = 1e9;

    private record Look(Metrics metrics, long nanos) {}

    private final Deque<Look> looks = new ArrayDeque<>();

    /** Takes a reading, unless it is the one that is known. */
    void take(Source.Reading<Metrics> reading) {
        if (!looks.isEmpty() && looks.peekLast().nanos() == reading.nanos()) return;
        looks.addLast(new Look(reading.value(), reading.nanos()));
        while (looks.size() > LATENCY_READINGS + 1) looks.removeFirst();
    }

    /** Forgets everything: the process is gone, or was not seen for a while. */
    void forget() {
        looks.clear();
    }

    boolean isKnown() {
        return !looks.isEmpty();
    }

    /** The growth per second of each series of this name, by its label. A counter that fell has started again. */
    Map<String, Double> perSecond(String name) {
        var growth = new TreeMap<String, Double>();
        if (looks.size() < 2) return growth;
        var now = looks.peekLast();
        var before = beforeLast();
        double seconds = (now.nanos() - before.nanos()) / NANOS_PER_SECOND;
        now.metrics().values().forEach((series, value) -> {
            if (!series.name().equals(name)) return;
            double old = before.metrics().values().getOrDefault(series, 0.0);
            growth.merge(series.label(), (value < old ? value : value - old) / seconds, Double::sum);
        });
        return growth;
    }

    /** The present value of each series of this name, by its label. */
    Map<String, Double> values(String name) {
        var values = new TreeMap<String, Double>();
        if (looks.isEmpty()) return values;
        looks.peekLast().metrics().values().forEach((series, value) -> {
            if (series.name().equals(name)) values.merge(series.label(), value, Double::sum);
        });
        return values;
    }

    /** The buckets of the requests of the last readings. */
    Map<Double, Double> latencies() {
        if (looks.size() < 2) return new HashMap<>();
        return Buckets.growth(
                looks.peekFirst().metrics().latencies(),
                looks.peekLast().metrics().latencies());
    }

    private Look beforeLast() {
        var backwards = looks.descendingIterator();
        backwards.next();
        return backwards.next();
    }
}
