package com.flashsale.control.elsewhere;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;

/** Asks the management port of a replica whether it is ready. */
final class Readiness implements AutoCloseable {

    static final String READY = "READY";
    static final String SILENT = "SILENT";
    /** It has accepted the question and not answered in time: frozen, or only busy. */
    static final String LATE = "LATE";

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    /**
     * READY, STARTING for a replica that answers and is not ready, LATE, or SILENT where nothing listens.
     *
     * @param management the base address of the management port
     */
    String of(String management) throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(management + "/actuator/health/readiness"))
                .timeout(PATIENCE)
                .build();
        try {
            int status =
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status == 200 ? READY : "STARTING";
        } catch (HttpConnectTimeoutException silent) {
            return SILENT;
        } catch (HttpTimeoutException late) {
            return LATE;
        } catch (IOException silent) {
            return SILENT;
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
