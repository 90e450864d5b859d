package com.flashsale.reports.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.flashsale.reports.law.CapacityLaw;
import com.flashsale.reports.result.Result.Latency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The limit of one operation.
 *
 * @param runs the highest rate that was held, of each run
 * @param law from rates below the median; null in an older document
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LimitResult(
        String operation,
        List<Double> runs,
        double min,
        double median,
        double max,
        String bottleneck,
        List<Trial> trials,
        @Nullable CapacityLaw law) {

    public LimitResult with(CapacityLaw found) {
        return new LimitResult(operation, runs, min, median, max, bottleneck, trials, found);
    }

    /** @param reasons why the rate was not held; empty if it was */
    public record Trial(
            int run,
            double rate,
            boolean held,
            List<String> reasons,
            Latency latency,
            double errorShare,
            double achieved,
            String evidence) {}
}
