package com.flashsale.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A kind of pod that a build leads to.
 *
 * @param owner what makes it
 * @param spec missing where an operator writes it
 */
record Pod(Resource owner, Map<String, String> labels, JsonNode spec) {

    String name() {
        return labels.getOrDefault("app.kubernetes.io/name", owner.name());
    }

    boolean isOurs() {
        return !spec.isMissingNode();
    }

    Stream<JsonNode> containers() {
        return Stream.of("initContainers", "containers", "ephemeralContainers")
                .flatMap(kind -> Resource.each(spec.path(kind)));
    }

    /** A container of one of our images: a JVM with our flags and settings. */
    Stream<JsonNode> services() {
        return containers().filter(container -> Image.of(container).isOurs());
    }

    /** The number of a port, stated by name or number, if a container has it. */
    Optional<Integer> port(JsonNode nameOrNumber) {
        return containers()
                .flatMap(container -> Resource.each(container.path("ports")))
                .filter(port -> nameOrNumber.isInt()
                        ? port.path("containerPort").asInt() == nameOrNumber.asInt()
                        : port.path("name").asText().equals(nameOrNumber.asText()))
                .map(port -> port.path("containerPort").asInt())
                .findFirst();
    }

    boolean matches(Map<String, String> selector) {
        return labels.entrySet().containsAll(selector.entrySet());
    }

    static String env(JsonNode container, String name) {
        return Resource.each(container.path("env"))
                .filter(variable -> variable.path("name").asText().equals(name))
                .map(variable -> variable.path("value").asText())
                .findFirst()
                .orElse("");
    }

    static boolean hasEnv(JsonNode container, String name) {
        return Resource.each(container.path("env"))
                .anyMatch(variable -> variable.path("name").asText().equals(name));
    }

    @Override
    public String toString() {
        return owner.toString();
    }
}
