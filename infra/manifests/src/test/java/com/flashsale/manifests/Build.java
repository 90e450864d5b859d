package com.flashsale.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All objects of one overlay.
 *
 * @param shared objects of the whole cluster, which all overlays use and none owns ({@code k8s/cluster})
 */
record Build(String overlay, List<Resource> resources, List<Resource> shared) {

    private static final Set<String> WORKLOADS = Set.of("Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob");

    Stream<Resource> of(String... kinds) {
        return resources.stream().filter(resource -> Set.of(kinds).contains(resource.kind()));
    }

    /** Custom resources: two groups may have a kind of the same name. */
    Stream<Resource> of(String group, Set<String> kinds) {
        return resources.stream().filter(resource -> resource.group().equals(group) && kinds.contains(resource.kind()));
    }

    Stream<Resource> clusters() {
        return of("postgresql.cnpg.io", Set.of("Cluster"));
    }

    Optional<Resource> find(String kind, String name) {
        return of(kind).filter(resource -> resource.name().equals(name)).findFirst();
    }

    /** A generated ConfigMap has a hash behind its name. */
    Optional<Resource> configMap(String name) {
        return of("ConfigMap")
                .filter(map -> map.name().matches(name + "-[a-z0-9]{10}"))
                .findFirst();
    }

    String namespace() {
        return of("Namespace").findFirst().map(Resource::name).orElse("");
    }

    /** Whether an object lands in the namespace of the build; cluster-wide objects land everywhere. */
    boolean isHere(Resource resource) {
        return resource.text("/metadata/namespace").equals(namespace());
    }

    String platform(String key) {
        return configMap("platform")
                .map(map -> map.at("/data").path(key).asText())
                .orElse("");
    }

    boolean has(String kind, String name) {
        return find(kind, name).isPresent();
    }

    /** Whether operators run the engines and every rule counts: for real customers, or a rehearsal for them. */
    boolean isOperated() {
        return isProduction() || overlay.equals("staging");
    }

    boolean isProduction() {
        return overlay.startsWith("production");
    }

    Stream<Resource> workloads() {
        return resources.stream().filter(resource -> WORKLOADS.contains(resource.kind()));
    }

    /** The workloads that run until they are deleted. */
    Stream<Resource> servers() {
        return of("Deployment", "StatefulSet");
    }

    static JsonNode template(Resource workload) {
        return workload.at(workload.kind().equals("CronJob") ? "/spec/jobTemplate/spec/template" : "/spec/template");
    }

    static Pod pod(Resource workload) {
        var template = template(workload);
        return new Pod(workload, Resource.map(template.at("/metadata/labels")), template.path("spec"));
    }

    List<Pod> pods() {
        return Stream.of(workloads().map(Build::pod), clusters().map(Build::instance), brokers())
                .flatMap(pods -> pods)
                .toList();
    }

    private static Pod instance(Resource cluster) {
        var labels = new HashMap<>(Resource.map(cluster.at("/spec/inheritedMetadata/labels")));
        labels.put("cnpg.io/cluster", cluster.name());
        return new Pod(cluster, Map.copyOf(labels), MissingNode.getInstance());
    }

    private Stream<Pod> brokers() {
        return of("kafka.strimzi.io", Set.of("Kafka"))
                .flatMap(kafka -> Stream.of("kafka", "entityOperator", "kafkaExporter")
                        .filter(part -> kafka.at("/spec").has(part))
                        .map(part -> new Pod(
                                kafka,
                                Resource.map(kafka.at("/spec/" + part + "/template/pod/metadata/labels")),
                                MissingNode.getInstance())));
    }

    /** The least and the greatest number of replicas, from the autoscaler or else the manifest. */
    Range replicas(Resource workload) {
        return resources.stream()
                .filter(scaler -> scaler.text("/spec/scaleTargetRef/name").equals(workload.name()))
                .findFirst()
                .map(scaler -> scaler.kind().equals("ScaledObject")
                        ? new Range(scaler.number("/spec/minReplicaCount"), scaler.number("/spec/maxReplicaCount"))
                        : new Range(scaler.number("/spec/minReplicas"), scaler.number("/spec/maxReplicas")))
                .orElseGet(() -> {
                    var stated = workload.at("/spec/replicas").asInt(1);
                    return new Range(stated, stated);
                });
    }

    record Range(int least, int most) {}
}
