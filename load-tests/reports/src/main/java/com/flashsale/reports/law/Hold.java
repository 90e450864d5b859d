package com.flashsale.reports.law;

import java.util.Map;

/**
 * A rate that the platform held, and what it cost.
 *
 * @param rate requests or orders that were done, a second
 * @param cores that each process kept busy; the load generator is one of them
 * @param othersCores that other programs kept busy
 */
public record Hold(double rate, Map<String, Double> cores, double othersCores) {

    double allCores() {
        return cores.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
