package com.flashsale.load.observe;

import java.util.List;
import java.util.Map;

/** The metrics of the services before and after a run, by service and name. */
public record ServiceMetrics(Map<String, Map<String, Double>> before, Map<String, Map<String, Double>> after) {

    public List<String> services() {
        return List.copyOf(after.keySet());
    }

    /** The mean of a timer or summary over the run; 0 if nothing was recorded. */
    public double mean(String service, String timer, String suffix) {
        double count = growth(service, timer + "_count" + suffix);
        return count == 0 ? 0 : growth(service, timer + "_sum" + suffix) / count;
    }

    /** The growth of a counter over the run. */
    private double growth(String service, String metric) {
        return value(after, service, metric) - value(before, service, metric);
    }

    private static double value(Map<String, Map<String, Double>> metrics, String service, String metric) {
        return metrics.getOrDefault(service, Map.of()).getOrDefault(metric, 0.0);
    }
}
