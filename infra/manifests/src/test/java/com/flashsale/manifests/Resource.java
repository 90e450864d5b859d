package com.flashsale.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One object of a build, as it would be sent to the API server. */
record Resource(JsonNode json) {

    String kind() {
        return json.path("kind").asText();
    }

    String apiVersion() {
        return json.path("apiVersion").asText();
    }

    /** "" for the core group. */
    String group() {
        return apiVersion().contains("/")
                ? apiVersion().substring(0, apiVersion().indexOf('/'))
                : "";
    }

    String name() {
        return text("/metadata/name");
    }

    JsonNode at(String pointer) {
        return json.at(pointer);
    }

    String text(String pointer) {
        return json.at(pointer).asText();
    }

    int number(String pointer) {
        return json.at(pointer).asInt();
    }

    Map<String, String> labels() {
        return map(json.at("/metadata/labels"));
    }

    String annotation(String name) {
        return json.path("metadata").path("annotations").path(name).asText();
    }

    @Override
    public String toString() {
        return kind() + "/" + name();
    }

    static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    static List<String> texts(JsonNode array) {
        return each(array).map(JsonNode::asText).toList();
    }

    static Map<String, String> map(JsonNode object) {
        var map = new LinkedHashMap<String, String>();
        object.properties()
                .forEach(entry -> map.put(entry.getKey(), entry.getValue().asText()));
        return map;
    }

    /** All values with this key, however deep. */
    static List<JsonNode> everywhere(JsonNode node, String key) {
        return new ArrayList<>(node.findValues(key));
    }
}
