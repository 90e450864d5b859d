package com.flashsale.customers.demo;

import com.flashsale.client.api.UnexpectedAnswer;
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

/**
 * The number of {@code POST /orders} that have reached order-service, by the metrics of all its replicas. A process
 * that starts anew counts from zero, so what it had counted before is lost with it.
 */
final class OrderTraffic {

    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final String COUNT = "http_server_requests_seconds_count";
    private static final String STARTED = "process_start_time_seconds";

    /**
     * The counters of all replicas at one moment, by address.
     *
     * @param replicas what each process has counted since its start
     */
    record Reading(Map<String, Counter> replicas) {

        /** The requests since then; all of a process that did not run then. */
        Posts since(Reading before) {
            long posts = 0;
            boolean restarted = false;
            for (var replica : replicas.entrySet()) {
                var now = replica.getValue();
                var then = before.replicas.get(replica.getKey());
                if (then != null && then.started() == now.started()) {
                    posts += now.posts() - then.posts();
                } else {
                    posts += now.posts();
                    restarted = true;
                }
            }
            return new Posts(posts, restarted);
        }
    }

    /** @param started seconds since the epoch */
    record Counter(double started, long posts) {}

    /** @param restarted true when a replica has lost its count, and there were more than these */
    record Posts(long known, boolean restarted) {}

    private OrderTraffic() {}

    static Reading read(PlatformState platform) throws InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var replicas = new HashMap<String, Counter>();
            for (var service : platform.services()) {
                if (service.name().equals("order-service")) {
                    replicas.put(service.managementUrl(), counter(metrics(http, service.managementUrl())));
                }
            }
            return new Reading(Map.copyOf(replicas));
        }
    }

    private static String metrics(HttpClient http, String managementUrl) throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(managementUrl + "/actuator/prometheus"))
                .timeout(ANSWER)
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UnexpectedAnswer("the metrics of " + managementUrl + " cannot be read: " + e, e);
        }
    }

    /** Counts every status: a refused request was traffic too. */
    static Counter counter(String metrics) {
        long posts = PrometheusText.samples(metrics, COUNT::equals)
                .filter(sample -> sample.label("method").equals("POST"))
                .filter(sample -> sample.label("uri").equals("/api/v1/orders"))
                .mapToLong(sample -> (long) sample.value())
                .sum();
        double started = PrometheusText.samples(metrics, STARTED::equals)
                .mapToDouble(PrometheusText.Sample::value)
                .findFirst()
                .orElseThrow(() -> new UnexpectedAnswer("the metrics have no " + STARTED));
        return new Counter(started, posts);
    }
}
