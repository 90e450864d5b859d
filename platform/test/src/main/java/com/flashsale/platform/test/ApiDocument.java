package com.flashsale.platform.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.web.client.RestClient;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The OpenAPI document that a running service serves, compared with the handlers that it has. */
public final class ApiDocument {

    private final JsonNode document;

    private ApiDocument(JsonNode document) {
        this.document = document;
    }

    public static ApiDocument of(int port) {
        var body = RestClient.create()
                .get()
                .uri(URI.create("http://127.0.0.1:" + port + "/v3/api-docs"))
                .retrieve()
                .body(byte[].class);
        return new ApiDocument(JsonMapper.shared().readTree(body));
    }

    /** Fails when a handler below {@code /api/} has no operation in the document, or the other way round. */
    public void describesExactly(RequestMappingHandlerMapping handlers) {
        var described = new TreeSet<>(operations());
        described.removeIf(operation -> !operation.contains(" /api/"));
        assertThat(described).isNotEmpty().isEqualTo(served(handlers));
    }

    /** Each as {@code METHOD /path}. */
    private Set<String> operations() {
        var operations = new TreeSet<String>();
        document.path("paths")
                .forEachEntry((path, methods) -> methods.propertyNames()
                        .forEach(method -> operations.add(method.toUpperCase(Locale.ROOT) + " " + path)));
        return operations;
    }

    private static Set<String> served(RequestMappingHandlerMapping handlers) {
        var served = new TreeSet<String>();
        handlers.getHandlerMethods()
                .keySet()
                .forEach(mapping -> mapping.getPatternValues().stream()
                        .filter(path -> path.startsWith("/api/"))
                        .forEach(path -> mapping.getMethodsCondition()
                                .getMethods()
                                .forEach(method -> served.add(method + " " + path))));
        return served;
    }
}
