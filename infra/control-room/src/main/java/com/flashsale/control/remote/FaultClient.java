package com.flashsale.control.remote;

import com.flashsale.client.Json;
import com.flashsale.client.ToolException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Begins a fault at the control room of this machine, and follows it until its target is well again. */
public final class FaultClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    /** The longest fault and the longest recovery, and some more. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private static final int ACCEPTED = 202;

    private final String base;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /** @param port of the control room */
    public FaultClient(int port) {
        this.base = "http://127.0.0.1:" + port + "/control/api/faults";
    }

    /**
     * Returns when the target is well again.
     *
     * @param told of each step, in a sentence
     * @return false if it did not recover in time
     */
    public boolean run(String fault, Duration time, Consumer<String> told) throws InterruptedException {
        long seen = lastMarker(status());
        var begun = send(HttpRequest.newBuilder(URI.create(base + "/" + fault))
                .header("X-Control-Room", "1")
                .POST(HttpRequest.BodyPublishers.ofString(Json.line(Map.of("seconds", time.toSeconds())))));
        var answer = Json.tree(begun.body());
        if (begun.statusCode() != ACCEPTED) {
            throw ToolException.prerequisite(answer.path("detail").asString("HTTP " + begun.statusCode()));
        }
        var target = answer.path("target").asString();
        boolean grave = true;
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (System.nanoTime() < deadline) {
            var status = status();
            for (var marker : status.path("markers")) {
                if (marker.path("number").asLong() <= seen) continue;
                seen = marker.path("number").asLong();
                grave = marker.path("grave").asBoolean();
                told.accept(marker.path("text").asString());
            }
            if (!isActive(status, target)) return !grave;
            Thread.sleep(LOOK_EVERY);
        }
        return false;
    }

    private static boolean isActive(JsonNode status, String target) {
        return status.path("active")
                .valueStream()
                .anyMatch(active -> active.path("target").asString().equals(target));
    }

    private static long lastMarker(JsonNode status) {
        return status.path("markers")
                .valueStream()
                .mapToLong(marker -> marker.path("number").asLong())
                .max()
                .orElse(0);
    }

    private JsonNode status() throws InterruptedException {
        return Json.tree(send(HttpRequest.newBuilder(URI.create(base))).body());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws InterruptedException {
        try {
            return http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException away) {
            throw ToolException.prerequisite(
                    "The control room at " + base + " does not answer. Is this platform run by ./flashsale up?");
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
