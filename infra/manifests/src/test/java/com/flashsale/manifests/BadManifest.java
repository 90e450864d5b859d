package com.flashsale.manifests;

import static com.flashsale.manifests.Resource.each;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A small change that makes a good build bad. */
record BadManifest(JsonNode json) {

    String name() {
        return json.path("name").asText();
    }

    String overlay() {
        return json.path("overlay").asText();
    }

    Set<String> breaks() {
        return new TreeSet<>(Resource.texts(json.path("breaks")));
    }

    /** Of a file that is no overlay: what the sentence about it has to contain. */
    String says() {
        return json.path("says").asText();
    }

    static List<BadManifest> all(String file) {
        try (var stream = BadManifest.class.getResourceAsStream(file)) {
            if (stream == null) throw new IllegalStateException(file + " is missing");
            return Overlays.parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8)).stream()
                    .map(resource -> new BadManifest(resource.json()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Resource changed(Resource resource) {
        return changed(resource, json);
    }

    Build applied() {
        var build = change(Overlays.build(overlay()), json);
        return json.has("and") ? change(build, json.path("and")) : build;
    }

    private static Build change(Build good, JsonNode change) {
        if (change.has("object")) {
            var all = new ArrayList<>(good.resources());
            all.add(new Resource(change.path("object")));
            return new Build(good.overlay(), List.copyOf(all), good.shared());
        }
        var target = change.path("target").asText();
        var hit = Stream.concat(good.resources().stream(), good.shared().stream())
                .filter(resource -> isTarget(resource, target))
                .toList();
        if (hit.size() != 1) throw new IllegalStateException(target + " is there " + hit.size() + " times");
        return new Build(
                good.overlay(),
                changed(good.resources(), hit.getFirst(), change),
                changed(good.shared(), hit.getFirst(), change));
    }

    private static List<Resource> changed(List<Resource> good, Resource hit, JsonNode change) {
        return good.stream()
                .filter(resource ->
                        !resource.equals(hit) || !change.path("delete").asBoolean())
                .map(resource -> resource.equals(hit) ? changed(resource, change) : resource)
                .toList();
    }

    /** A generated name has a hash behind it. */
    private static boolean isTarget(Resource resource, String target) {
        return resource.toString().equals(target) || resource.toString().matches(target + "-[a-z0-9]{10}");
    }

    private static Resource changed(Resource resource, JsonNode change) {
        var json = resource.json().deepCopy();
        change.path("set").properties().forEach(entry -> set(json, entry.getKey(), entry.getValue()));
        Resource.texts(change.path("remove")).forEach(pointer -> remove(json, pointer));
        change.path("add")
                .properties()
                .forEach(entry -> array(json, entry.getKey()).add(entry.getValue()));
        change.path("env")
                .properties()
                .forEach(entry -> each(json.at("/spec/template/spec/containers/0/env"))
                        .filter(variable -> variable.path("name").asText().equals(entry.getKey()))
                        .forEach(variable -> ((ObjectNode) variable).set("value", entry.getValue())));
        if (json.equals(resource.json())) throw new IllegalStateException(resource + " is as good as before");
        return new Resource(json);
    }

    private static ArrayNode array(JsonNode json, String pointer) {
        if (json.at(pointer) instanceof ArrayNode array) return array;
        throw new IllegalStateException(pointer + " is no list");
    }

    private static void set(JsonNode json, String pointer, JsonNode value) {
        var path = JsonPointer.compile(pointer);
        switch (json.at(path.head())) {
            case ObjectNode object -> object.set(path.last().getMatchingProperty(), value);
            case ArrayNode array -> array.set(path.last().getMatchingIndex(), value);
            default -> throw new IllegalStateException("nothing at " + path.head());
        }
    }

    private static void remove(JsonNode json, String pointer) {
        var path = JsonPointer.compile(pointer);
        if (json.at(path).isMissingNode()) throw new IllegalStateException("nothing at " + pointer);
        switch (json.at(path.head())) {
            case ObjectNode object -> object.remove(path.last().getMatchingProperty());
            case ArrayNode array -> array.remove(path.last().getMatchingIndex());
            default -> throw new IllegalStateException("nothing at " + path.head());
        }
    }

    @Override
    public String toString() {
        return String.join(" ", breaks()) + ": " + name();
    }
}
