package com.flashsale.reports.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The cost of a run for each settled order and for each visitor. It contains the standing charge of the platform for
 * the time of the run, so the same traffic costs more at a lower rate. The load generator is no cost.
 *
 * @param visitors planned visits; each may send several requests
 * @param cpuMillisPerOrder milliseconds of processor time by process, and in all as {@value #TOTAL}; empty without
 *     orders
 * @param bytesPerOrder by medium, see {@link #MEDIA}, without those that could not be read; empty without orders
 * @param memoryGigabytes resident memory of all processes at the end, 10^9 bytes; null where it cannot be read
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CostCard(
        long orders,
        long visitors,
        Map<String, Double> cpuMillisPerOrder,
        Map<String, Double> cpuMillisPerVisitor,
        Map<String, Double> bytesPerOrder,
        Map<String, Double> bytesPerVisitor,
        @Nullable Double memoryGigabytes) {

    static final String TOTAL = "total";

    /**
     * The write-ahead log of PostgreSQL, the logs of all Kafka topics, and the loopback network, which is that of the
     * whole machine and counts each byte once.
     */
    static final List<String> MEDIA = List.of("wal", "kafka", "network");

    private static final double GIGABYTE = 1e9;

    /**
     * @param cpuMillis of each process of the platform
     * @param bytes by medium
     * @param memoryBytes 0 if it is unknown
     */
    public static CostCard of(
            long orders, long visitors, Map<String, Long> cpuMillis, Map<String, Long> bytes, long memoryBytes) {
        var millis = new TreeMap<>(cpuMillis);
        millis.put(TOTAL, cpuMillis.values().stream().mapToLong(Long::longValue).sum());
        return new CostCard(
                orders,
                visitors,
                each(millis, orders),
                each(millis, visitors),
                each(bytes, orders),
                each(bytes, visitors),
                memoryBytes == 0 ? null : memoryBytes / GIGABYTE);
    }

    private static Map<String, Double> each(Map<String, Long> all, long count) {
        var each = new TreeMap<String, Double>();
        if (count > 0) all.forEach((name, amount) -> each.put(name, (double) amount / count));
        return each;
    }
}
