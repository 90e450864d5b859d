package com.flashsale.reports.plan;

import com.flashsale.reports.law.CapacityLaw;
import com.flashsale.reports.result.WarmUpReport;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The pods that a plan counts.
 *
 * @param cores of a pod
 * @param start measured time from the scaling to a ready pod; null if it is unknown
 * @param warmUp the first minute of a process; null if it is unknown
 */
public record Pods(
        double cores, @Nullable Duration start, @Nullable WarmUpReport warmUp) {

    /** One core, and nothing known of its start. */
    public static final Pods USUAL = new Pods(1, null, null);

    public Pods {
        if (cores <= 0 || cores > 1_000) throw new IllegalArgumentException("--pod-cores must be above 0, up to 1000");
    }

    double usableCores() {
        return cores * CapacityLaw.USABLE;
    }
}
