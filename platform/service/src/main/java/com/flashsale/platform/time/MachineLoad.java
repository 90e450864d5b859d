package com.flashsale.platform.time;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * How busy the processors are that this process may use, all processes together. Batches follow it: on a machine
 * without idle time fewer and larger ones finish the same work sooner, as network cards moderate their interrupts.
 * Thread-safe.
 */
public final class MachineLoad {

    private static final MachineLoad SHARED = new MachineLoad(ofThisMachine(), System::nanoTime);

    private static final long LOOK_NANOS = Duration.ofMillis(500).toNanos();

    /** Up to this load nothing changes: there is idle time that batches may use. */
    private static final double EASY = 0.9;

    /** The pace at full load, as a multiple of the pace at rest. */
    private static final double MOST = 2;

    /** The share of a new look in the mean: about two seconds of load count. */
    private static final double NEW = 0.4;

    private final DoubleSupplier load;
    private final LongSupplier clock;
    private final AtomicLong nextLook;
    private volatile double mean;

    MachineLoad(DoubleSupplier load, LongSupplier clock) {
        this.load = load;
        this.clock = clock;
        this.nextLook = new AtomicLong(clock.getAsLong());
    }

    /** The load of the machine or container, read at most twice a second by all callers together. */
    public static MachineLoad shared() {
        return SHARED;
    }

    private static DoubleSupplier ofThisMachine() {
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return system::getCpuLoad;
    }

    /** The multiple of a pace that fits the load: 1 up to a load of 0.9, then linear, 2 at full load. */
    public double stretch() {
        look();
        return 1 + (MOST - 1) * Math.clamp((mean - EASY) / (1 - EASY), 0, 1);
    }

    private void look() {
        long now = clock.getAsLong();
        long due = nextLook.get();
        if (now - due < 0 || !nextLook.compareAndSet(due, now + LOOK_NANOS)) return;
        double seen = load.getAsDouble();
        // negative: the system does not tell
        if (seen < 0) return;
        double before = mean;
        mean = before + NEW * (Math.min(seen, 1) - before);
    }
}
