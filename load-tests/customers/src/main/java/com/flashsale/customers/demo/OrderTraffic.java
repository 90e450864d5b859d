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

/** The number of {@code POST /orders} that have reached order-service, by the metrics of all its replicas. */
final class OrderTraffic {

    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final String COUNT = "http_server_requests_seconds_count";

    private OrderTraffic() {}

    static long count(PlatformState platform) throws InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            long count = 0;
            for (var service : platform.services()) {
                if (service.name().equals("order-service")) {
                    count += posts(metrics(http, service.managementUrl()));
                }
            }
            return count;
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
    static long posts(String metrics) {
        return PrometheusText.samples(metrics, COUNT::equals)
                .filter(sample -> sample.label("method").equals("POST"))
                .filter(sample -> sample.label("uri").equals("/api/v1/orders"))
                .mapToLong(sample -> (long) sample.value())
                .sum();
    }
}
