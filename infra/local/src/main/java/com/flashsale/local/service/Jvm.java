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

    private final int heaps;

    Jvm(int heaps) {
        this.heaps = heaps;
    }

    int heapMb(int small) {
        return heaps * small;
    }

    List<String> flags() {
        return switch (this) {
            case quick -> List.of("-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=64m");
            case steady -> List.of("-XX:ReservedCodeCacheSize=240m");
        };
    }
}
