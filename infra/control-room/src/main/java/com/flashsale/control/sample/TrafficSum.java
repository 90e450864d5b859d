package com.flashsale.control.sample;

import com.flashsale.control.figures.Buckets;
import com.flashsale.control.sample.Sample.Latency;
import com.flashsale.control.sample.Sample.Traffic;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Sums up the traffic over all replicas of gateway, order-service and inventory-service. */
final class TrafficSum {

    private static final String GATEWAY = "gateway";
    private static final double MILLIS = 1_000;

    private TrafficSum() {}

    static Traffic of(Map<String, Replica> replicas) {
        var responses = new TreeMap<String, Double>();
        var shed = new TreeMap<String, Double>();
        var orders = new TreeMap<String, Double>();
        var decisions = new TreeMap<String, Double>();
        var buckets = new TreeMap<Double, Double>();
        replicas.forEach((id, replica) -> {
            if (id.startsWith(GATEWAY)) {
                add(responses, replica.perSecond("http_server_requests_seconds_count"));
                add(shed, replica.perSecond("gateway_shed_total"));
                replica.latencies().forEach((bound, count) -> buckets.merge(bound, count, Double::sum));
            }
            add(orders, replica.perSecond("orders_reached_total"));
            add(decisions, replica.perSecond("inventory_decisions_total"));
        });
        return new Traffic(
                responses.isEmpty()
                        ? null
                        : responses.values().stream()
                                .mapToDouble(Double::doubleValue)
                                .sum(),
                responses,
                shed,
                latency(buckets),
                value(replicas, "gateway_in_flight"),
                value(replicas, "gateway_in_flight_limit"),
                value(replicas, "gateway_streams"),
                orders,
                decisions);
    }

    private static void add(Map<String, Double> sum, Map<String, Double> growth) {
        growth.forEach((label, perSecond) -> sum.merge(label, perSecond, Double::sum));
    }

    private static @Nullable Latency latency(Map<Double, Double> buckets) {
        var p50 = Buckets.quantile(buckets, 0.5);
        if (p50 == null) return null;
        return new Latency(
                p50 * MILLIS,
                Objects.requireNonNull(Buckets.quantile(buckets, 0.95)) * MILLIS,
                Objects.requireNonNull(Buckets.quantile(buckets, 0.99)) * MILLIS);
    }

    private static @Nullable Double value(Map<String, Replica> replicas, String name) {
        var values = new TreeMap<String, Double>();
        replicas.forEach((id, replica) -> {
            if (id.startsWith(GATEWAY)) add(values, replica.values(name));
        });
        return values.isEmpty()
                ? null
                : values.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
