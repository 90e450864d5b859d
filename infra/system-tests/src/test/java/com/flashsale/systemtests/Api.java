package com.flashsale.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** JSON over HTTP against one address; every call has a timeout. */
final class Api {

    static final JsonMapper JSON = JsonMapper.builder().build();

    private static final HttpClient HTTP = client().build();

    private final String base;
    private final HttpClient http;

    Api(String base) {
        this.base = base;
        this.http = HTTP;
    }

    /** @param source the client's address */
    Api(String base, String source) {
        this.base = base;
        this.http = client().localAddress(InetAddress.ofLiteral(source)).build();
    }

    private static HttpClient.Builder client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5));
    }

    Answer get(String path, String token) {
        return send(request(path, token).GET());
    }

    Answer get(String path) {
        return get(path, "");
    }

    Answer delete(String path, String token) {
        return send(request(path, token).DELETE());
    }

    Answer post(String path, String token, Object body) {
        return post(path, token, body, Map.of());
    }

    Answer post(String path, String token, Object body, Map<String, String> headers) {
        return postText(path, token, JSON.writeValueAsString(body), headers);
    }

    Answer put(String path, String token, Object body) {
        return send(request(path, token)
                .PUT(BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .header("content-type", "application/json"));
    }

    Answer postText(String path, String token, String body, Map<String, String> headers) {
        var request = request(path, token).POST(BodyPublishers.ofString(body));
        request.header("content-type", headers.getOrDefault("content-type", "application/json"));
        headers.forEach((name, value) -> {
            if (!name.equals("content-type")) request.header(name, value);
        });
        return send(request);
    }

    private HttpRequest.Builder request(String path, String token) {
        var request = HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(20));
        if (!token.isEmpty()) request.header("authorization", "Bearer " + token);
        return request;
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            var response = http.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.headers(), response.body(), parsed(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode parsed(byte[] body) {
        try {
            return body.length == 0 ? MissingNode.getInstance() : JSON.readTree(body);
        } catch (JacksonException notJson) {
            return MissingNode.getInstance();
        }
    }
}
