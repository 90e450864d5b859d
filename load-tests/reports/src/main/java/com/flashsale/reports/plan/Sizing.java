package com.flashsale.reports.plan;

import com.flashsale.reports.plan.Row.Basis;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The replicas of each service from F and m. A replica takes F itself, and the rest of its usable cores serves
 * requests.
 *
 * @param headroom share that stays free
 * @param browses requests a second, as polls and joins
 * @param orders a second
 */
record Sizing(Laws laws, Pods pods, double headroom, double browses, double polls, double joins, double orders) {

    private static final double MILLI = 1_000;
    private static final int SPARE = 1;

    List<Row> rows() {
        return List.of(
                replicas("gateway"),
                replicas("catalog-service"),
                replicas("waitlist-service"),
                replicas("order-service"),
                inventory());
    }

    private Row replicas(String service) {
        double standing = laws.standingCores(service);
        double free = pods.usableCores() - standing;
        if (free <= 0) {
            throw new IllegalArgumentException(
                    "A pod of %.2f cores is too small for %s, which takes %.2f at any rate: give more --pod-cores"
                            .formatted(pods.cores(), service, standing));
        }
        double needed = cores(service) * (1 + headroom) / free;
        return new Row(
                service,
                "ceil(%s x (1 + %.2f) / (%.2f usable cores - F %.2f)) + %d"
                        .formatted(formula(service), headroom, pods.usableCores(), standing, SPARE),
                Math.ceil(needed) + SPARE,
                "replicas",
                Basis.scaledBy(needed));
    }

    /** One replica decides a sale, so it needs the cores and not company. */
    private Row inventory() {
        var service = "inventory-service";
        double standing = laws.standingCores(service);
        return new Row(
                "cores of the stock's writer",
                "%s + F %.2f".formatted(formula(service), standing),
                cores(service) + standing,
                "cores",
                Basis.MEASURED);
    }

    private double cores(String service) {
        return demand().entrySet().stream()
                .mapToDouble(each -> each.getValue() * laws.millis(each.getKey(), service) / MILLI)
                .sum();
    }

    private String formula(String service) {
        var sum = demand().entrySet().stream()
                .filter(each -> laws.millis(each.getKey(), service) > 0)
                .map(each -> "%.0f/s x %.3f ms".formatted(each.getValue(), laws.millis(each.getKey(), service)))
                .collect(Collectors.joining(" + "));
        return sum.isEmpty() ? "0" : "(" + sum + ")";
    }

    private Map<String, Double> demand() {
        var demand = new LinkedHashMap<String, Double>();
        demand.put("browse", browses);
        demand.put("poll", polls);
        demand.put("join", joins);
        demand.put("settled", orders);
        return demand;
    }
}
