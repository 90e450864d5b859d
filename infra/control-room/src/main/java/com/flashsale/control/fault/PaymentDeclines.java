package com.flashsale.control.fault;

import com.flashsale.client.Json;
import com.flashsale.client.platform.Context;
import com.flashsale.client.topology.Instance;
import com.flashsale.client.topology.Services;
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

    private final Context context;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    private PaymentDeclines(Context context) {
        this.context = context;
    }

    static PaymentDeclines begin(Context context, Duration time) throws IOException, InterruptedException {
        var declines = new PaymentDeclines(context);
        declines.set(time);
        return declines;
    }

    private void set(Duration time) throws IOException, InterruptedException {
        var simulator = new Instance(Services.named("payment-simulator").orElseThrow(), 1);
        var address = "http://127.0.0.1:" + context.ports().of(simulator) + "/v1/faults/declines";
        var request = HttpRequest.newBuilder(URI.create(address))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + context.secrets().password("payment-key"))
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
