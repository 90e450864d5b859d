package com.flashsale.manifests;

import static com.flashsale.manifests.Resource.each;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;

/** The resources of a build when every autoscaler is at its highest and every Deployment rolls. */
record Capacity(long memory, long millicores, long pods) {

    private static final Capacity NOTHING = new Capacity(0, 0, 0);

    static Capacity of(Build build) {
        var ours = build.workloads().map(workload -> {
            var surge = workload.kind().equals("Deployment")
                    ? workload.at("/spec/strategy/rollingUpdate/maxSurge").asInt(1)
                    : 0;
            var count =
                    workload.kind().equals("Job") ? 1 : build.replicas(workload).most() * sets(build, workload) + surge;
            return each(Build.template(workload).at("/spec/containers"))
                    .map(container -> of(container.path("resources"), 0))
                    .reduce(NOTHING, Capacity::plus)
                    .plus(new Capacity(0, 0, 1))
                    .times(count);
        });
        return Stream.of(ours, engines(build)).flatMap(parts -> parts).reduce(NOTHING, Capacity::plus);
    }

    /** The pods of operators, which no autoscaler adds to. */
    private static Stream<Capacity> engines(Build build) {
        var databases = build.clusters()
                .map(cluster -> of(cluster.at("/spec/resources"), 1).times(cluster.number("/spec/instances")));
        var brokers = build.of("KafkaNodePool")
                .map(pool -> of(pool.at("/spec/resources"), 1).times(pool.number("/spec/replicas")));
        return Stream.of(databases, brokers, helpers(build)).flatMap(parts -> parts);
    }

    /** At the start, with the engines. */
    static Capacity withEngines(Build build) {
        return engines(build).reduce(atStart(build), Capacity::plus);
    }

    /** Without rollouts, with the fewest replicas, and with the Jobs that begin by themselves. */
    static Capacity atStart(Build build) {
        return build.workloads()
                .filter(workload -> !workload.at("/spec/suspend").asBoolean())
                .map(server -> each(Build.template(server).at("/spec/containers"))
                        .map(container -> of(container.path("resources"), 0))
                        .reduce(NOTHING, Capacity::plus)
                        .times(build.replicas(server).least()))
                .reduce(NOTHING, Capacity::plus);
    }

    /**
     * With weights in its routes, a Rollout keeps the old pods until the new ones have all requests: two whole sets
     * (Argo, {@code dynamicStableScale: false}).
     */
    private static int sets(Build build, Resource workload) {
        return build.find("Rollout", workload.name())
                .filter(rollout -> rollout.at("/spec/strategy/canary").has("trafficRouting"))
                .filter(rollout ->
                        !rollout.at("/spec/strategy/canary/dynamicStableScale").asBoolean())
                .map(_ -> 2)
                .orElse(1);
    }

    private static Stream<Capacity> helpers(Build build) {
        return build.of("Kafka")
                .flatMap(kafka -> Stream.of(
                                "/spec/entityOperator/topicOperator",
                                "/spec/entityOperator/userOperator",
                                "/spec/kafkaExporter")
                        .map(part -> of(kafka.at(part + "/resources"), 1)));
    }

    private static Capacity of(JsonNode resources, long pods) {
        return new Capacity(
                Quantities.bytes(resources.at("/limits/memory").asText("0")),
                Quantities.millicores(resources.at("/requests/cpu").asText("0")),
                pods);
    }

    private Capacity plus(Capacity other) {
        return new Capacity(memory + other.memory, millicores + other.millicores, pods + other.pods);
    }

    private Capacity times(long count) {
        return new Capacity(memory * count, millicores * count, pods * count);
    }
}
