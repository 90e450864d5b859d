package com.flashsale.control.figures;

import com.flashsale.client.platform.PrometheusText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The metrics of one replica at one time.
 *
 * @param values by series, summed up over the labels that the control room does not tell apart
 * @param latencies the cumulative buckets of {@code POST /api/v1/orders}, by upper bound in seconds
 */
public record Metrics(Map<Series, Double> values, Map<Double, Double> latencies) {

    /** @param label the value of the one label that counts for this metric; empty without one */
    public record Series(String name, String label) {}

    /** Nanoseconds of processor time since the start of the process. */
    public static final String PROCESSOR_TIME = "process_cpu_time_ns_total";

    /** Bytes that the virtual machine has taken for heap, classes and compiled code. */
    public static final String MEMORY = "jvm_memory_committed_bytes";

    /** Metrics without a label of interest have an empty one. */
    private static final Map<String, String> LABELS = Map.ofEntries(
            Map.entry("http_server_requests_seconds_count", "status"),
            Map.entry("gateway_shed_total", "cost"),
            Map.entry("gateway_in_flight", ""),
            Map.entry("gateway_in_flight_limit", ""),
            Map.entry("gateway_streams", ""),
            Map.entry("gateway_queue_soldout_total", ""),
            Map.entry("orders_reached_total", "state"),
            Map.entry("inventory_decisions_total", "decision"),
            Map.entry("outbox_oldest_age_seconds", ""),
            Map.entry("outbox_pending", ""),
            Map.entry("kafka_consumer_fetch_manager_records_lag_max", ""),
            Map.entry("group_commit_batch_sum", "queue"),
            Map.entry("group_commit_batch_count", "queue"),
            Map.entry("group_commit_wait_seconds_sum", "queue"),
            Map.entry("group_commit_wait_seconds_count", "queue"),
            Map.entry("group_commit_depth", "queue"),
            Map.entry("hikaricp_connections_active", ""),
            Map.entry("hikaricp_connections_pending", ""),
            Map.entry("messages_dead_total", ""),
            Map.entry(PROCESSOR_TIME, ""),
            Map.entry(MEMORY, ""));

    private static final List<String> OF_THE_PROCESS = List.of("process_cpu_time_ns", MEMORY);

    private static final String REQUESTS = "http_server_requests_seconds";

    private static final String BUCKETS = "http_server_requests_seconds_bucket";
    private static final String ORDERS = "/api/v1/orders/**";

    /** The names as the endpoint of a service filters by them: the name of the family, without a suffix of a part. */
    static final List<String> FAMILIES = LABELS.keySet().stream()
            .map(name -> name.replaceFirst("_(total|sum|count)$", ""))
            .distinct()
            .sorted()
            .toList();

    /**
     * The families that the page shows of this service. Requests are counted and timed at the gateway alone.
     *
     * @param elsewhere this machine cannot look at the process, so the process must tell its own use
     */
    public static List<String> familiesOf(String service, boolean elsewhere) {
        return FAMILIES.stream()
                .filter(family -> !family.equals(REQUESTS) || service.equals("gateway"))
                .filter(family -> elsewhere || !OF_THE_PROCESS.contains(family))
                .toList();
    }

    /** Reads the text format of Prometheus. A value that is no number, as of an idle consumer, is left out. */
    public static Metrics of(String text) {
        var values = new HashMap<Series, Double>();
        var latencies = new TreeMap<Double, Double>();
        Predicate<String> wanted = name -> LABELS.containsKey(name) || name.equals(BUCKETS);
        PrometheusText.samples(text, wanted).forEach(sample -> {
            if (Double.isNaN(sample.value())) return;
            if (sample.name().equals(BUCKETS)) {
                if (isOrder(sample)) latencies.merge(bound(sample.label("le")), sample.value(), Double::sum);
                return;
            }
            var label = LABELS.getOrDefault(sample.name(), "");
            var series = new Series(sample.name(), label.isEmpty() ? "" : sample.label(label));
            values.merge(series, sample.value(), Double::sum);
        });
        return new Metrics(values, latencies);
    }

    private static boolean isOrder(PrometheusText.Sample sample) {
        return sample.label("method").equals("POST") && sample.label("uri").equals(ORDERS);
    }

    private static double bound(String text) {
        return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }
}
