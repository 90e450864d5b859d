package com.flashsale.gateway;

import java.lang.management.ManagementFactory;

/** Measures the memory that work leaves behind in the heap. */
public final class Heap {

    private Heap() {}

    /** The growth in bytes. All other growth of the JVM meanwhile counts too, so a bound needs some room. */
    public static long grownBy(Runnable work) {
        var before = used();
        work.run();
        return used() - before;
    }

    static long used() {
        for (var i = 0; i < 3; i++) System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
