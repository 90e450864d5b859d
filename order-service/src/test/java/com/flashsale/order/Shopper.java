package com.flashsale.order;

import com.flashsale.platform.test.TestTokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A customer with a token and an HTTP client. */
record Shopper(UUID id, String token, String address, String trace) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    static final JsonMapper JSON = JsonMapper.builder().build();

    static Shopper at(String address) {
        var id = UUID.randomUUID();
        return new Shopper(id, TestTokens.shopper(id), address, "");
    }

    /** A customer that a load test made. */
    static Shopper in(String run, String address) {
        var id = UUID.randomUUID();
        var claims = Map.<String, Object>of("sub", id.toString(), "scope", "shop", "load_test", run);
        return new Shopper(id, TestTokens.with(claims), address, "");
    }

    /** The same person at another replica. */
    Shopper movedTo(String otherAddress) {
        return new Shopper(id, token, otherAddress, trace);
    }

    static Shopper with(String token, String address) {
        return new Shopper(UUID.randomUUID(), token, address, "");
    }

    Shopper traced(String traceId) {
        return new Shopper(id, token, address, traceId);
    }

    record Answer(int status, Map<String, java.util.List<String>> headers, String body) {

        JsonNode json() {
            return JSON.readTree(body);
        }

        String code() {
            return json().path("code").asString();
        }

        String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().getFirst())
                    .findFirst()
                    .orElse(null);
        }

        UUID id() {
            return UUID.fromString(json().get("id").asString());
        }
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    Answer post(String path, String key, Object body) {
        var request = request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body instanceof String text ? text : JSON.writeValueAsString(body)));
        return send(key == null ? request : request.header("Idempotency-Key", key));
    }

    Answer order(UUID sale, int quantity, String admission) {
        return order(UUID.randomUUID().toString(), sale, quantity, admission);
    }

    Answer order(String key, UUID sale, int quantity, String admission) {
        return post("/api/v1/orders", key, Map.of("saleId", sale, "quantity", quantity, "admission", admission));
    }

    Answer pay(UUID order, String method) {
        return post(
                "/api/v1/orders/" + order + "/payments", UUID.randomUUID().toString(), Map.of("paymentMethod", method));
    }

    Answer cancel(UUID order) {
        return send(request("/api/v1/orders/" + order + "/cancellation").POST(BodyPublishers.noBody()));
    }

    JsonNode see(UUID order) {
        return get("/api/v1/orders/" + order).json();
    }

    HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(address + path)).timeout(TIMEOUT);
        if (!trace.isEmpty()) request.header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01");
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private static Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers().map(), response.body());
        } catch (IOException failed) {
            throw new AssertionError("no answer", failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }
}
