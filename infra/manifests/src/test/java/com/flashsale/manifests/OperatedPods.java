package com.flashsale.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The pods that operators make from our custom resources, as far as the resources decide about them.
 *
 * <p>Strimzi (io.strimzi.operator.cluster.model, 1.2): {@code KafkaCluster.createInitContainer} adds {@code kafka-init}
 * to each broker where {@code rack} is set. The default provider of security contexts adds nothing to a container
 * without a template. CloudNativePG (pkg/specs, 1.30) gives its own containers a restricted context unless the Cluster
 * replaces it.
 */
final class OperatedPods {

    private static final Map<String, List<String>> CONTAINERS = Map.of(
            "kafka", List.of("kafkaContainer"),
            "entityOperator", List.of("topicOperatorContainer", "userOperatorContainer"),
            "kafkaExporter", List.of("container"),
            "cruiseControl", List.of("cruiseControlContainer"));

    private OperatedPods() {}

    static List<Pod> of(Build build) {
        return Stream.concat(
                        build.of("Kafka").flatMap(OperatedPods::strimzi),
                        build.clusters()
                                .filter(OperatedPods::replacesItsContext)
                                .map(OperatedPods::database))
                .toList();
    }

    private static Stream<Pod> strimzi(Resource kafka) {
        return CONTAINERS.keySet().stream()
                .filter(part -> kafka.at("/spec").has(part))
                .sorted()
                .map(part -> {
                    var template = kafka.at("/spec/" + part + "/template");
                    var spec = JsonNodeFactory.instance.objectNode();
                    spec.set("securityContext", context(template.path("pod")));
                    var containers = spec.putArray("containers");
                    CONTAINERS.get(part).stream()
                            .filter(name -> !name.startsWith("user")
                                    || kafka.at("/spec/" + part).has("userOperator"))
                            .filter(name -> !name.startsWith("topic")
                                    || kafka.at("/spec/" + part).has("topicOperator"))
                            .forEach(name -> containers.add(container(name, template)));
                    if (part.equals("kafka") && kafka.at("/spec/kafka").has("rack"))
                        spec.putArray("initContainers").add(container("initContainer", template));
                    return new Pod(kafka, Map.of("app.kubernetes.io/name", part), spec);
                });
    }

    private static ObjectNode container(String name, JsonNode template) {
        var container = JsonNodeFactory.instance.objectNode().put("name", name);
        container.set("securityContext", context(template.path(name)));
        return container;
    }

    private static JsonNode context(JsonNode owner) {
        return owner.has("securityContext") ? owner.path("securityContext") : JsonNodeFactory.instance.objectNode();
    }

    private static boolean replacesItsContext(Resource cluster) {
        return cluster.at("/spec").has("securityContext") || cluster.at("/spec").has("podSecurityContext");
    }

    private static Pod database(Resource cluster) {
        var spec = JsonNodeFactory.instance.objectNode();
        JsonNode pod = cluster.at("/spec/podSecurityContext");
        spec.set("securityContext", pod.isMissingNode() ? JsonNodeFactory.instance.objectNode() : pod);
        spec.putArray("containers").add(container("postgres", cluster.at("/spec")));
        return new Pod(cluster, Map.of(), spec);
    }
}
