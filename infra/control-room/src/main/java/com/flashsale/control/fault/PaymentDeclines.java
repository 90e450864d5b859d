package com.flashsale.control.fault;

import com.flashsale.client.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** The payment simulator declines each new charge. It ends that by itself, even if this process is killed. */
final class PaymentDeclines {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final String simulator;
    private final String key;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    private PaymentDeclines(String simulator, String key) {
        this.simulator = simulator;
        this.key = key;
    }

    /** @param simulator its base address */
    static PaymentDeclines begin(String simulator, String key, Duration time) throws IOException, InterruptedException {
        var declines = new PaymentDeclines(simulator, key);
        declines.set(time);
        return declines;
    }

    private void set(Duration time) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(simulator + "/v1/faults/declines"))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(Json.line(Map.of("seconds", time.toSeconds()))))
                .build();
        var response = http.send(request, HttpResponse.BodyHandlers.discarding());
        if (response.statusCode() != 200) throw new IOException("the simulator answered " + response.statusCode());
    }

    void end() throws IOException, InterruptedException {
        try (http) {
            set(Duration.ZERO);
        }
    }
}
