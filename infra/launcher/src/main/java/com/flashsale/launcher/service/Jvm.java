package com.flashsale.launcher.service;

import java.util.List;

/** What a service's JVM is good at. {@code docs/performance.md} has the figures of both. */
public enum Jvm {
    /** Ready soonest and smallest: one compiler that compiles quickly and not well. For people, demos and tests. */
    quick(1, List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss512k", "-XX:ReservedCodeCacheSize=64m")),
    /** Fastest after a minute under load: both compilers, twice the heap. For load tests. */
    steady(2, List.of("-XX:+UseSerialGC", "-Xss512k", "-XX:ReservedCodeCacheSize=128m"));

    private final int heaps;
    private final List<String> flags;

    Jvm(int heaps, List<String> flags) {
        this.heaps = heaps;
        this.flags = flags;
    }

    int heapMb(int small) {
        return heaps * small;
    }

    List<String> flags() {
        return flags;
    }
}
