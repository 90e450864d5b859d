package com.flashsale.load.scenario;

import com.flashsale.load.inject.Arrivals;
import com.flashsale.load.workload.Measured;
import com.flashsale.load.workload.Workload;
import com.flashsale.reports.result.Result.Check;
import java.util.List;

/** A workload, its arrivals, and the checks of their results. */
public record Scenario(String name, Workload workload, Arrivals arrivals, Checks checks) {

    /** Judges a run. */
    @FunctionalInterface
    public interface Checks {
        List<Check> of(Measured run);
    }
}
