package com.flashsale.customers;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The counts of the customers' results so far; many threads write, any thread may read. */
public final class Counters {

    public enum Count {
        /** Answered attempts to join the line, repeated ones included. */
        JOINS,
        /** Customers who were given a place in the line. */
        IN_LINE,
        /** Admissions received, by turn or by offer. */
        ADMITTED,
        /** Customers who were put on the waitlist. */
        ON_WAITLIST,
        /** Orders that were accepted. */
        ORDERED,
        /** Customers who were given two numbers at the same time: must stay 0. */
        TWO_NUMBERS
    }

    private final Map<Count, LongAdder> counts = new EnumMap<>(Count.class);
    private final Map<String, LongAdder> endings = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> askedToWait = new ConcurrentHashMap<>();

    public Counters() {
        for (var count : Count.values()) {
            counts.put(count, new LongAdder());
        }
    }

    void add(Count what) {
        adder(what).increment();
    }

    public void ended(String word) {
        endings.computeIfAbsent(word, _ -> new LongAdder()).increment();
    }

    void askedToWait(String why) {
        askedToWait.computeIfAbsent(why, _ -> new LongAdder()).increment();
    }

    public long of(Count what) {
        return adder(what).sum();
    }

    /** Customers who know how it ended for them. */
    public long told() {
        return endings.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** The number of customers with each final answer. */
    public Map<String, Long> endings() {
        return sums(endings);
    }

    /** Requests that were asked to come again later, by the reason in the response; each was tried again. */
    public Map<String, Long> askedToWait() {
        return sums(askedToWait);
    }

    private static Map<String, Long> sums(Map<String, LongAdder> counts) {
        var sums = new TreeMap<String, Long>();
        counts.forEach((word, count) -> sums.put(word, count.sum()));
        return sums;
    }

    private LongAdder adder(Count what) {
        var adder = counts.get(what);
        if (adder == null) throw new IllegalStateException("not counted: " + what);
        return adder;
    }
}
