package com.flashsale.local.rollout;

import com.flashsale.client.platform.PrometheusText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** How many requests a replica has answered, by its own metrics; looks at its health and metrics are not counted. */
public final class Traffic implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final String COUNT = "http_server_requests_seconds_count";

    private final HttpClient http = HttpClient.newHttpClient();

    public long answered(URI metrics) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(metrics).timeout(ANSWER).build();
        return answered(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    static long answered(String metrics) {
        return PrometheusText.samples(metrics, COUNT::equals)
                .filter(sample -> !sample.label("uri").startsWith("/actuator"))
                .mapToLong(sample -> (long) sample.value())
                .sum();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
