package com.flashsale.systemtests;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;

/** Takes spans as Zipkin does (POST /api/v2/spans, version 2 JSON) and keeps those that a test asks for. */
final class SpanCollector implements AutoCloseable {

    private final HttpServer server;
    private final List<Span> spans = new CopyOnWriteArrayList<>();

    /** A span as it was sent; parent is empty at the root. */
    record Span(
            String trace,
            String id,
            String parent,
            String kind,
            String name,
            String service,
            Map<String, String> tags) {

        static Span of(JsonNode json) {
            var tags = json.path("tags")
                    .propertyStream()
                    .collect(java.util.stream.Collectors.toMap(
                            Map.Entry::getKey, tag -> tag.getValue().asString()));
            return new Span(
                    json.path("traceId").asString(),
                    json.path("id").asString(),
                    json.path("parentId").asString(""),
                    json.path("kind").asString("INTERNAL"),
                    json.path("name").asString(""),
                    json.path("localEndpoint").path("serviceName").asString(""),
                    tags);
        }

        boolean is(String ofService, String ofKind) {
            return service.equals(ofService) && kind.equals(ofKind);
        }
    }

    SpanCollector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v2/spans", this::take);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        var gzip = Objects.equals(exchange.getRequestHeaders().getFirst("content-encoding"), "gzip");
        try (exchange;
                var body = gzip ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
            Api.JSON.readTree(body).valueStream().map(Span::of).forEach(spans::add);
            exchange.sendResponseHeaders(202, -1);
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/v2/spans");
    }

    List<Span> of(String trace) {
        return spans.stream().filter(span -> span.trace().equals(trace)).toList();
    }

    int count() {
        return spans.size();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
