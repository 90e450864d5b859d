package com.flashsale.control.figures;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** The metrics endpoints of all services, asked for the few families that the control room shows. */
public final class MetricsEndpoint implements AutoCloseable {

    /** A service that needs longer has no figures of this second. */
    private static final Duration PATIENCE = Duration.ofMillis(1500);

    private static final String PATH = "/actuator/prometheus?includedNames=";

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    /**
     * @param management the base address of a replica's management port
     * @param families the names to ask for
     */
    public Metrics read(String management, List<String> families) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(management + PATH + String.join(",", families)))
                .timeout(PATIENCE)
                .build();
        var response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) throw new IOException("HTTP " + response.statusCode());
        return Metrics.of(response.body());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
