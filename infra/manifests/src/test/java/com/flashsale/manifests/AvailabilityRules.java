package com.flashsale.manifests;

import static com.flashsale.manifests.Resource.each;
import static com.flashsale.manifests.Resource.map;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** K18 to K21, K39 to K42: customers do not notice when a pod, a node or a version goes. */
final class AvailabilityRules {

    static final List<Rule> RULES = List.of(
            new Rule("K18", "a node can be drained one pod at a time", AvailabilityRules::drainsOneByOne),
            new Rule("K19", "production has three replicas of each server", AvailabilityRules::threeOfEach),
            new Rule("K20", "replicas are spread", AvailabilityRules::spread),
            new Rule("K21", "a rollout adds a pod before it removes one", AvailabilityRules::rolls),
            new Rule("K39", "pods of buyers are evicted last", AvailabilityRules::priorities),
            new Rule(
                    "K40", "the namespace has bounds and the largest size fits", AvailabilityRules::namespaceHasBounds),
            new Rule("K41", "every object states what it is", AvailabilityRules::labels),
            new Rule("K42", "the schema changes before the release", AvailabilityRules::schemaChangesBefore));

    private static final int LEAST = 3;
    private static final int READY_SECONDS = 10;
    private static final String CLASS = "flash-sale-";

    private AvailabilityRules() {}

    private static boolean isOne(Build build, Resource server) {
        return build.replicas(server).most() < 2;
    }

    private static void drainsOneByOne(Build build, Consumer<String> broken) {
        build.servers()
                .filter(server -> build.replicas(server).least() > 1)
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
            if (map(budget.at("/spec/selector/matchLabels")).isEmpty()) broken.accept(budget + ": selects every pod");
        });
    }

    /** Redis has one replica on purpose: its lost data is rebuilt in seconds, and two replicas would have to agree. */
    private static void threeOfEach(Build build, Consumer<String> broken) {
        if (!build.isProduction()) return;
        build.servers()
                .filter(server -> !server.name().equals("redis"))
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
        build.servers().filter(server -> !isOne(build, server)).map(Build::pod).forEach(pod -> {
            var constraints = each(pod.spec().path("topologySpreadConstraints")).toList();
            for (var key : List.of("topology.kubernetes.io/zone", "kubernetes.io/hostname")) {
                if (constraints.stream()
                        .noneMatch(one -> one.path("topologyKey").asText().equals(key))) {
                    broken.accept(pod + ": is not spread over " + key);
                }
            }
            constraints.stream()
                    .filter(one -> !pod.matches(map(one.at("/labelSelector/matchLabels")))
                            || one.at("/labelSelector/matchLabels").isEmpty())
                    .forEach(one -> broken.accept(pod + ": spreads others over "
                            + one.path("topologyKey").asText()));
        });
    }

    private static void rolls(Build build, Consumer<String> broken) {
        build.of("Deployment").forEach(deployment -> {
            var rolling = deployment.at("/spec/strategy/rollingUpdate");
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
        return build.find("PriorityClass", CLASS + name)
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
            if (!build.has("PriorityClass", is)) broken.accept(pod + ": has no priority of this build");
            if (!expectedClasses(pod).contains(is)) broken.accept(pod + ": has the priority " + is);
        });
    }

    private static Set<String> expectedClasses(Pod pod) {
        var name = switch (pod.name()) {
            case "gateway", "order-service", "inventory-service" -> "order";
            case "waitlist-service", "auth-service", "discovery" -> "admission";
            case "catalog-service" -> "browse";
            case "load-test" -> "load-test";
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
        var hard = quotas.getFirst().at("/spec/hard");
        var need = Capacity.of(build);
        if (need.memory() > Quantities.bytes(hard.path("limits.memory").asText("0")))
            broken.accept("at its largest it needs " + (need.memory() >> 20) + " Mi of memory");
        if (need.millicores() > Quantities.millicores(hard.path("requests.cpu").asText("0")))
            broken.accept("at its largest it needs " + need.millicores() + "m of CPU");
        if (need.pods() > hard.path("pods").asInt()) broken.accept("at its largest it has " + need.pods() + " pods");
    }

    private static void labels(Build build, Consumer<String> broken) {
        build.resources().stream()
                .filter(resource -> !resource.labels().containsKey("app.kubernetes.io/part-of"))
                .forEach(resource -> broken.accept(resource + ": has no label app.kubernetes.io/part-of"));
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
            if (!Build.pod(workload).labels().containsKey(version))
                broken.accept(workload + ": its pods have no version");
        });
    }

    /**
     * Jobs migrate before the release: ten pods that start would wait for one lock, and a role that may change tables
     * must not serve requests.
     */
    private static void schemaChangesBefore(Build build, Consumer<String> broken) {
        if (!build.isOperated()) return;
        build.of("Deployment")
                .map(Build::pod)
                .filter(pod -> Settings.SERVICES.contains(pod.name()))
                .forEach(pod -> {
                    var service = pod.containers().findFirst().orElseThrow();
                    var jobs = build.find("Job", pod.name() + "-migration").map(Build::pod).stream()
                            .flatMap(Pod::containers)
                            .toList();
                    if (!Pod.env(service, "SPRING_FLYWAY_ENABLED").equals("false"))
                        broken.accept(pod + ": migrates when it starts");
                    if (jobs.size() != 1) {
                        broken.accept(pod + ": has no migration Job");
                        return;
                    }
                    var job = jobs.getFirst();
                    if (!Image.of(job).equals(Image.of(service)))
                        broken.accept(pod + ": its migration Job has another image");
                    if (!Pod.env(job, "JDK_JAVA_OPTIONS").contains("-Dspring.context.exit=onRefresh"))
                        broken.accept(pod + ": the migration never ends");
                    if (Pod.env(job, "SPRING_FLYWAY_ENABLED").equals("false"))
                        broken.accept(pod + ": the migration does nothing");
                    if (Pod.env(job, "DATABASE_USER").equals(Pod.env(service, "DATABASE_USER")))
                        broken.accept(pod + ": serves with the role of the migration");
                });
        var roles = build.clusters()
                .flatMap(cluster -> each(cluster.at("/spec/managed/roles")))
                .toList();
        roles.stream()
                .filter(role -> role.path("superuser").asBoolean()
                        || role.path("createdb").asBoolean()
                        || role.path("createrole").asBoolean())
                .forEach(role -> broken.accept(role.path("name").asText() + " has rights beyond its work"));
    }
}
