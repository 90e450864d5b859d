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
            var count = (workload.kind().equals("Job")
                            ? 1
                            : build.replicas(workload).most())
                    + surge;
            return each(Build.template(workload).at("/spec/containers"))
                    .map(container -> of(container.path("resources"), 0))
                    .reduce(NOTHING, Capacity::plus)
                    .plus(new Capacity(0, 0, 1))
                    .times(count);
        });
        var databases = build.clusters()
                .map(cluster -> of(cluster.at("/spec/resources"), 1).times(cluster.number("/spec/instances")));
        var brokers = build.of("KafkaNodePool")
                .map(pool -> of(pool.at("/spec/resources"), 1).times(pool.number("/spec/replicas")));
        return Stream.of(ours, databases, brokers).flatMap(parts -> parts).reduce(NOTHING, Capacity::plus);
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
