package com.flashsale.systemtests;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * One operation of the public API, as the services' OpenAPI documents describe it.
 *
 * @param path a template; a variable stands in braces
 * @param query parameters of the query by name, with their schemas
 * @param headers likewise
 * @param body the schema of the body; missing when there is none
 * @param form whether the body is a form instead of JSON
 */
record Operation(
        String method,
        String path,
        Map<String, JsonNode> query,
        Map<String, JsonNode> headers,
        JsonNode body,
        boolean form) {

    static final List<String> SERVICES =
            List.of("auth-service", "catalog-service", "order-service", "waitlist-service");

    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";

    /** All operations, in the order of the documents. */
    static List<Operation> all(Api api) {
        var all = new ArrayList<Operation>();
        for (var service : SERVICES) {
            var document = api.get("/docs/openapi/" + service).is(200).body();
            document.path("paths")
                    .forEachEntry((path, methods) -> methods.forEachEntry(
                            (method, operation) -> all.add(of(document, path, method, operation))));
        }
        return all;
    }

    private static Operation of(JsonNode document, String path, String method, JsonNode operation) {
        var query = new java.util.TreeMap<String, JsonNode>();
        var headers = new java.util.TreeMap<String, JsonNode>();
        for (var reference : operation.path("parameters")) {
            var parameter = resolved(document, reference);
            var schema = resolved(document, parameter.path("schema"));
            switch (parameter.path("in").asString()) {
                case "query" -> query.put(parameter.path("name").asString(), schema);
                case "header" -> headers.put(parameter.path("name").asString(), schema);
                default -> {}
            }
        }
        var content = operation.path("requestBody").path("content");
        boolean form = content.has(FORM);
        var body = resolved(document, content.path(form ? FORM : JSON).path("schema"));
        return new Operation(method.toUpperCase(Locale.ROOT), path, query, headers, inlined(document, body), form);
    }

    private static JsonNode resolved(JsonNode document, JsonNode node) {
        var reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : document.at(reference.substring(1));
    }

    /** The properties of an object with their references resolved; the documents nest no deeper than that. */
    private static JsonNode inlined(JsonNode document, JsonNode schema) {
        if (!schema.has("properties")) return schema;
        var copy = (tools.jackson.databind.node.ObjectNode) schema.deepCopy();
        var properties = (tools.jackson.databind.node.ObjectNode) copy.get("properties");
        for (var name : List.copyOf(properties.propertyNames())) {
            properties.set(name, inlined(document, resolved(document, properties.get(name))));
        }
        return copy;
    }

    /** As it stands in the table of access. */
    String name() {
        return method + " " + path;
    }

    boolean isStream() {
        return path.endsWith("/events");
    }

    @Override
    public String toString() {
        return name();
    }
}
