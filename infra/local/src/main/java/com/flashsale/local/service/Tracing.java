package com.flashsale.local.service;

import com.flashsale.client.topology.ServiceSpec;
import com.flashsale.client.topology.Services;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The recording of spans: the OpenTelemetry agent records them in the services and sends them to a collector.
 *
 * @param agent the agent's jar
 * @param to where spans go: Zipkin's path {@code /api/v2/spans}, else OTLP over HTTP
 * @param ratio of the visits that are recorded, decided by the gateway for the whole way
 * @param services those that carry the agent; empty: all
 */
public record Tracing(Path agent, URI to, double ratio, Set<String> services) {

    /** The heap for the agent's own classes, and for spans until they are sent. */
    static final int HEAP_MB = 64;

    private static final String ZIPKIN_PATH = "/api/v2/spans";

    public Tracing {
        if (ratio < 0 || ratio > 1) throw new IllegalArgumentException("a ratio is 0 to 1: " + ratio);
        services = Set.copyOf(services);
        for (var name : services) {
            if (Services.named(name).isEmpty()) throw new IllegalArgumentException("there is no service named " + name);
        }
    }

    boolean covers(ServiceSpec service) {
        return services.isEmpty() || services.contains(service.name());
    }

    List<String> jvmOptions(ServiceSpec service) {
        var options = new ArrayList<String>();
        options.add("-javaagent:" + agent);
        options.add("-Dotel.service.name=" + service.name());
        options.add("-Dotel.propagators=tracecontext");
        options.add("-Dotel.metrics.exporter=none");
        options.add("-Dotel.logs.exporter=none");
        options.add("-Dotel.bsp.schedule.delay=1000");
        options.addAll(exporter());
        options.addAll(sampler(service));
        return options;
    }

    private List<String> exporter() {
        if (to.getPath().endsWith(ZIPKIN_PATH)) {
            return List.of("-Dotel.traces.exporter=zipkin", "-Dotel.exporter.zipkin.endpoint=" + to);
        }
        return List.of(
                "-Dotel.traces.exporter=otlp",
                "-Dotel.exporter.otlp.protocol=http/protobuf",
                "-Dotel.exporter.otlp.traces.endpoint=" + to);
    }

    /**
     * The gateway decides about the requests of visitors, regardless of their own traceparent; the other services do as
     * their caller does.
     */
    private List<String> sampler(ServiceSpec service) {
        var decides = service.equals(Services.GATEWAY);
        return List.of(
                "-Dotel.traces.sampler=" + (decides ? "traceidratio" : "parentbased_traceidratio"),
                "-Dotel.traces.sampler.arg=" + String.format(Locale.ROOT, "%.6f", ratio));
    }
}
