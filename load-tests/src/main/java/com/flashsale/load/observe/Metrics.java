package com.flashsale.load.observe;

import com.flashsale.client.platform.PlatformState;
import com.flashsale.client.platform.PrometheusText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The few of a service's own figures that tell about its queues. A service that does not answer has none. */
public final class Metrics implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Set<String> WANTED = Set.of(
            "group_commit_depth",
            "group_commit_wait_seconds_sum",
            "group_commit_wait_seconds_count",
            "group_commit_batch_sum",
            "group_commit_batch_count",
            "hikaricp_connections_active",
            "hikaricp_connections_pending",
            "hikaricp_connections_max",
            "hikaricp_connections_acquire_seconds_sum",
            "hikaricp_connections_acquire_seconds_count",
            "inventory_batch_size_sum",
            "inventory_batch_size_count",
            "inventory_batch_time_seconds_sum",
            "inventory_batch_time_seconds_count",
            "jvm_gc_pause_seconds_sum",
            "jvm_memory_usage_after_gc",
            "jvm_threads_live_threads",
            "process_cpu_time_ns_total",
            "process_files_open_files",
            "gateway_in_flight",
            "gateway_in_flight_limit",
            "gateway_streams",
            "gateway_shed_total");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final Map<String, URI> services = new TreeMap<>();

    public Metrics(PlatformState state) {
        state.services().forEach(service -> {
            if (!service.name().equals("discovery")) {
                services.put(service.id(), URI.create(service.managementUrl() + "/actuator/prometheus"));
            }
        });
    }

    /** By service and metric; the label "queue" of a group commit belongs to the name, other labels are summed up. */
    public Map<String, Map<String, Double>> scrape() {
        var all = new TreeMap<String, Map<String, Double>>();
        services.forEach((id, uri) -> all.put(id, parse(text(uri))));
        return all;
    }

    private String text(URI uri) {
        try {
            var request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
            var response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 ? response.body() : "";
        } catch (IOException busy) {
            return "";
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    static Map<String, Double> parse(String text) {
        var values = new HashMap<String, Double>();
        PrometheusText.samples(text, WANTED::contains).forEach(sample -> {
            var queue = sample.label("queue");
            var name = queue.isEmpty() ? sample.name() : sample.name() + "." + queue;
            values.merge(name, sample.value(), Double::sum);
        });
        return values;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
