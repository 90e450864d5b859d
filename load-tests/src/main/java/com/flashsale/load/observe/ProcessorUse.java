package com.flashsale.load.observe;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The processor time that a run used, and the memory of the processes at its end.
 *
 * @param before processor time at the beginning of the run
 * @param unseen processes of the platform whose processor time is unknown
 */
public record ProcessorUse(
        Processor.Reading before, Processor.Reading after, Map<String, Long> residentBytes, List<String> unseen) {

    private static final double MILLI = 1_000;

    public Set<String> processes() {
        return after.millis().keySet();
    }

    public long millis(String process) {
        return after.millis().getOrDefault(process, 0L) - before.millis().getOrDefault(process, 0L);
    }

    /** The number of cores that a process kept busy. */
    public double cores(String process) {
        return millis(process) / (seconds() * MILLI);
    }

    /**
     * The number of cores that other programs kept busy, which disturb the measurement. 0 where a part of the platform
     * is out of sight and cannot be told from other programs.
     */
    public double othersCores() {
        if (!unseen.isEmpty()) return 0;
        double own = processes().stream().mapToDouble(this::cores).sum();
        return Math.max(0, machineBusyShare() * Runtime.getRuntime().availableProcessors() - own);
    }

    public double machineBusyShare() {
        long all = after.totalMillis() - before.totalMillis();
        return all == 0 ? 0 : (double) (after.busyMillis() - before.busyMillis()) / all;
    }

    /** The time of the run as the kernel counted it: total time divided by the cores. */
    public double seconds() {
        int cores = Runtime.getRuntime().availableProcessors();
        return Math.max(1, (after.totalMillis() - before.totalMillis()) / (double) cores) / MILLI;
    }
}
