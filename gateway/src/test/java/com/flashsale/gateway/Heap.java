package com.flashsale.gateway;

import java.lang.management.ManagementFactory;

/** What work leaves behind in the heap. */
public final class Heap {

    private Heap() {}

    /** Bytes; whatever else the JVM keeps meanwhile counts too, so a bound needs some room. */
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
