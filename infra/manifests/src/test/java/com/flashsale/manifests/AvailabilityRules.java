package com.flashsale.manifests;

import static com.flashsale.manifests.Resource.each;
import static com.flashsale.manifests.Resource.map;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** K18 to K21, K39 to K41: customers do not notice when a pod, a node or a version goes. */
final class AvailabilityRules {

    static final List<Rule> RULES = List.of(
            new Rule("K18", "a node can be drained one pod at a time", AvailabilityRules::drainsOneByOne),
            new Rule("K19", "production has three replicas of each server", AvailabilityRules::threeOfEach),
            new Rule("K20", "replicas are spread", AvailabilityRules::spread),
            new Rule("K21", "a rollout adds a pod before it removes one", AvailabilityRules::rolls),
            new Rule("K39", "pods of buyers are evicted last", AvailabilityRules::priorities),
            new Rule(
                    "K40", "the namespace has bounds and the largest size fits", AvailabilityRules::namespaceHasBounds),
            new Rule("K41", "every object states what it is", AvailabilityRules::labels));

    private static final int LEAST = 3;
    private static final int READY_SECONDS = 10;
    /** Of a virtual machine of 8 GiB: 7.7 GiB for pods, 290 MiB of them for kube-system (kind, k3d, Docker Desktop). */
    private static final long LAPTOP = 7_550L << 20;

    private static final String CLASS = "flash-sale-";
    /** Annotations of Strimzi, CloudNativePG, KEDA and External Secrets that stop the work of an operator. */
    private static final Pattern IGNORED =
            Pattern.compile("pause|hibernation|fenced|strimzi.io/managed|skip|reconciliationLoop|reconcile$");

    private static final Set<String> CLUSTER_WIDE = Set.of(
            "PriorityClass",
            "ClusterRole",
            "ClusterRoleBinding",
            "StorageClass",
            "PersistentVolume",
            "CustomResourceDefinition",
            "ClusterIssuer",
            "ClusterSecretStore",
            "GatewayClass",
            "IngressClass",
            "RuntimeClass",
            "ValidatingWebhookConfiguration",
            "MutatingWebhookConfiguration",
            "APIService");

    private AvailabilityRules() {}

    private static boolean isOne(Build build, Resource server) {
        return build.replicas(server).most() < 2;
    }

    private static void drainsOneByOne(Build build, Consumer<String> broken) {
        build.servers()
                .filter(server -> build.replicas(server).least() > 1 && !isRedis(server))
                .map(Build::pod)
                .forEach(pod -> {
                    var budgets = build.of("PodDisruptionBudget")
                            .filter(budget -> pod.matches(map(budget.at("/spec/selector/matchLabels"))))
                            .toList();
                    if (budgets.size() != 1) broken.accept(pod + ": has " + budgets.size() + " disruption budgets");
                });
        build.of("PodDisruptionBudget").forEach(budget -> {
            if (budget.number("/spec/maxUnavailable") != 1 || budget.at("/spec").has("minAvailable")) {
                broken.accept(budget + ": must let exactly one pod go at a time");
            }
            // a pod that never gets ready would stop the drain of its node for ever
            if (!budget.text("/spec/unhealthyPodEvictionPolicy").equals("AlwaysAllow"))
                broken.accept(budget + ": keeps broken pods on a node");
            if (map(budget.at("/spec/selector/matchLabels")).isEmpty()) broken.accept(budget + ": selects every pod");
        });
    }

    /** K36 demands one replica of it. */
    private static boolean isRedis(Resource server) {
        return server.name().equals("redis");
    }

    /** Redis has one replica on purpose: its lost data is rebuilt in seconds, and two replicas would have to agree. */
    private static void threeOfEach(Build build, Consumer<String> broken) {
        if (!build.isProduction()) return;
        build.servers()
                .filter(server -> !isRedis(server))
                .filter(server -> build.replicas(server).least() < LEAST)
                .forEach(server -> broken.accept(server + ": fewer than " + LEAST));
        build.find("StatefulSet", "discovery").ifPresent(discovery -> {
            var headless = build.find("Service", discovery.text("/spec/serviceName"))
                    .filter(service -> service.text("/spec/clusterIP").equals("None"))
                    .filter(service ->
                            service.at("/spec/publishNotReadyAddresses").asBoolean());
            if (headless.isEmpty()) broken.accept(discovery + ": its peers have no DNS names");
            var container = Build.pod(discovery).containers().findFirst().orElseThrow();
            if (!Pod.env(container, "EUREKA_REPLICATE").equals("true")
                    || !Pod.env(container, "EUREKA_HOSTNAME").endsWith("." + discovery.text("/spec/serviceName"))) {
                broken.accept(discovery + ": does not know its peers");
            }
        });
    }

    private static void spread(Build build, Consumer<String> broken) {
        build.clusters()
                .filter(DatabaseRules::sharesNodes)
                .forEach(cluster -> broken.accept(cluster + ": its instances may share a node"));
        build.of("Kafka")
                .filter(KafkaRules::sharesNodes)
                .forEach(kafka -> broken.accept(kafka + ": its brokers may share a node"));
        build.servers()
                .filter(server -> !isOne(build, server) && !isRedis(server))
                .map(Build::pod)
                .forEach(pod -> {
                    var constraints =
                            each(pod.spec().path("topologySpreadConstraints")).toList();
                    for (var key : List.of("topology.kubernetes.io/zone", "kubernetes.io/hostname")) {
                        if (constraints.stream()
                                .noneMatch(
                                        one -> one.path("topologyKey").asText().equals(key))) {
                            broken.accept(pod + ": is not spread over " + key);
                        }
                    }
                    constraints.stream()
                            .filter(one -> !pod.matches(map(one.at("/labelSelector/matchLabels")))
                                    || one.at("/labelSelector/matchLabels").isEmpty())
                            .forEach(one -> broken.accept(pod + ": spreads others over "
                                    + one.path("topologyKey").asText()));
                    constraints.stream()
                            .filter(one -> one.path("maxSkew").asInt() != 1)
                            .forEach(_ -> broken.accept(pod + ": is spread unevenly"));
                });
    }

    private static void rolls(Build build, Consumer<String> broken) {
        build.of("Deployment").forEach(deployment -> {
            var rolling = deployment.at("/spec/strategy/rollingUpdate");
            if (deployment.at("/spec/paused").asBoolean()) broken.accept(deployment + ": is paused");
            // K36 demands that its only pod ends first
            if (isRedis(deployment)) return;
            if (!deployment.text("/spec/strategy/type").equals("RollingUpdate"))
                broken.accept(deployment + ": has no rolling update");
            if (rolling.path("maxUnavailable").asInt(1) != 0
                    || rolling.path("maxSurge").asInt() < 1) {
                broken.accept(deployment + ": removes a pod before it adds one");
            }
        });
        build.servers().forEach(server -> {
            if (server.number("/spec/minReadySeconds") < READY_SECONDS)
                broken.accept(server + ": continues before a new pod has proved itself");
            if (!server.at("/spec").has("revisionHistoryLimit")) broken.accept(server + ": keeps every revision");
        });
        build.of("Rollout").forEach(rollout -> {
            var canary = rollout.at("/spec/strategy/canary");
            if (canary.path("maxUnavailable").asInt(1) != 0)
                broken.accept(rollout + ": removes a pod before it adds one");
            if (rollout.number("/spec/minReadySeconds") < READY_SECONDS)
                broken.accept(rollout + ": continues before a new pod has proved itself");
        });
    }

    private static int priority(Build build, String name) {
        return build.shared().stream()
                .filter(shared -> shared.toString().equals("PriorityClass/" + CLASS + name))
                .findFirst()
                .map(found -> found.number("/value"))
                .orElse(0);
    }

    private static void priorities(Build build, Consumer<String> broken) {
        var order = List.of("order", "admission", "browse", "worker", "load-test");
        for (var i = 1; i < order.size(); i++) {
            if (priority(build, order.get(i - 1)) <= priority(build, order.get(i))) {
                broken.accept(order.get(i) + " stays when " + order.get(i - 1) + " goes");
            }
        }
        build.pods().stream().filter(Pod::isOurs).forEach(pod -> {
            var is = pod.spec().path("priorityClassName").asText();
            if (build.shared().stream().noneMatch(shared -> shared.name().equals(is)))
                broken.accept(pod + ": has a priority that does not exist");
            if (!expectedClasses(pod).contains(is)) broken.accept(pod + ": has the priority " + is);
        });
    }

    private static Set<String> expectedClasses(Pod pod) {
        var name = switch (pod.name()) {
            case "gateway", "order-service", "inventory-service" -> "order";
            case "waitlist-service", "auth-service", "discovery" -> "admission";
            case "catalog-service" -> "browse";
            case "load-test", "demo" -> "load-test";
            case "postgres", "kafka", "redis" -> "engine";
            default -> "worker";
        };
        return Set.of(CLASS + name);
    }

    private static void namespaceHasBounds(Build build, Consumer<String> broken) {
        if (build.of("LimitRange").count() != 1) broken.accept("no LimitRange with defaults for containers");
        var quotas = build.of("ResourceQuota").toList();
        if (quotas.size() != 1) {
            broken.accept("the namespace needs exactly one ResourceQuota");
            return;
        }
        build.resources().stream()
                .filter(resource -> CLUSTER_WIDE.contains(resource.kind()))
                .forEach(resource -> broken.accept(
                        resource + ": belongs to the cluster, and an end of this overlay would take it from others"));
        Overlays.others(build)
                .filter(other -> other.namespace().equals(build.namespace()))
                .forEach(other -> broken.accept("the overlay " + other.overlay() + " has the same namespace"));
        var hard = quotas.getFirst().at("/spec/hard");
        var need = Capacity.of(build);
        if (need.memory() > Quantities.bytes(hard.path("limits.memory").asText("0")))
            broken.accept("at its largest it needs " + (need.memory() >> 20) + " Mi of memory");
        if (need.millicores() > Quantities.millicores(hard.path("requests.cpu").asText("0")))
            broken.accept("at its largest it needs " + need.millicores() + "m of CPU");
        if (build.overlay().equals("local") && Capacity.atStart(build).memory() > LAPTOP)
            broken.accept("at its start it needs " + (Capacity.atStart(build).memory() >> 20) + " Mi");
        if (need.pods() > hard.path("pods").asInt()) broken.accept("at its largest it has " + need.pods() + " pods");
    }

    private static void labels(Build build, Consumer<String> broken) {
        build.resources().stream()
                .filter(resource -> !resource.labels().containsKey("app.kubernetes.io/part-of"))
                .forEach(resource -> broken.accept(resource + ": has no label app.kubernetes.io/part-of"));
        build.resources().stream()
                .flatMap(resource -> map(resource.at("/metadata/annotations")).keySet().stream()
                        .filter(name -> IGNORED.matcher(name).find())
                        .map(name -> resource + ": " + name))
                .forEach(ignored -> broken.accept(ignored + " tells its operator to look away"));
        build.workloads().forEach(workload -> {
            if (workload.annotation("flash-sale.example/owner").isEmpty()) broken.accept(workload + ": has no owner");
            if (!Runbooks.exist(workload.annotation("flash-sale.example/runbook")))
                broken.accept(workload + ": has no existing runbook");
            for (var label : List.of("name", "version", "component")) {
                if (!workload.labels().containsKey("app.kubernetes.io/" + label)) {
                    broken.accept(workload + ": no label " + label);
                }
            }
            var version = "app.kubernetes.io/version";
            // the API server refuses every change of a claim's template
            each(workload.at("/spec/volumeClaimTemplates"))
                    .filter(claim -> claim.at("/metadata/labels").has(version))
                    .forEach(_ -> broken.accept(workload + ": its claims change with the version"));
            if (!Build.pod(workload).labels().containsKey(version))
                broken.accept(workload + ": its pods have no version");
        });
    }
}
