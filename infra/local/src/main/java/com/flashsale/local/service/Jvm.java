package com.flashsale.local.service;

import java.util.List;

/** The purpose for which a service's JVM is tuned. {@code docs/performance.md} has the figures of both. */
public enum Jvm {
    /**
     * Ready soonest and smallest: one compiler, which compiles quickly and optimises little. For people, demos and
     * tests.
     */
    quick(1),
    /** Fastest after a minute under load: both compilers, twice the heap. For load tests. */
    steady(2);

    /**
     * The serial collector gives a third of the heap to new objects, fills all of it before it collects, and so keeps
     * it resident. A smaller part means more collections, each a shorter pause.
     */
    private static final String SMALL_YOUNG_GENERATION = "-Xmn16m";

    private final int heaps;

    Jvm(int heaps) {
        this.heaps = heaps;
    }

    int heapMb(int small) {
        return heaps * small;
    }

    List<String> flags() {
        return switch (this) {
            case quick -> List.of("-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=64m", SMALL_YOUNG_GENERATION);
            case steady -> List.of("-XX:ReservedCodeCacheSize=240m");
        };
    }
}
