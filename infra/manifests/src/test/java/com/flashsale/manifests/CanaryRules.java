package com.flashsale.manifests;

import static com.flashsale.manifests.Resource.each;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** K37: a bad version is rolled back without a person. */
final class CanaryRules {

    static final List<Rule> RULES =
            List.of(new Rule("K37", "a release goes step by step and rolls back by itself", CanaryRules::stepByStep));

    private static final List<Integer> STEPS = List.of(5, 25, 50, 100);
    private static final int MOST_FAILURES = 3;
    private static final int MOST_INCONCLUSIVE = 15;
    /** Of every measure: all requests fail, or take an hour, or an invariant is violated very often. */
    private static final double ABSURD = 3600;

    private CanaryRules() {}

    private static void stepByStep(Build build, Consumer<String> broken) {
        if (!build.isProduction()) return;
        for (var service :
                Stream.concat(Stream.of("gateway"), Settings.SERVICES.stream()).toList()) {
            var rollout = build.find("Rollout", service);
            if (rollout.isEmpty()) broken.accept(service + ": a new version gets all traffic at once");
            rollout.ifPresent(found -> goesBack(build, found, broken));
        }
        build.of("AnalysisTemplate").forEach(template -> {
            if (!template.at("/spec/dryRun").isEmpty()) broken.accept(template + ": measures without consequence");
            each(template.at("/spec/metrics"))
                    .forEach(metric ->
                            canFail(build, template + ": " + metric.path("name").asText(), metric, broken));
        });
    }

    private static void canFail(Build build, String owner, JsonNode metric, Consumer<String> broken) {
        if (!metric.has("failureLimit") || metric.path("failureLimit").asInt() > MOST_FAILURES)
            broken.accept(owner + " may fail too often");
        if (metric.path("inconclusiveLimit").asInt() > MOST_INCONCLUSIVE
                || metric.path("consecutiveErrorLimit").asInt(4) > MOST_INCONCLUSIVE)
            broken.accept(owner + " may go without data for too long");
        if (metric.has("count")) broken.accept(owner + " ends before the release does");
        if (!metric.path("interval").asText().matches("[1-5]?\\ds"))
            broken.accept(owner + " is measured less than once a minute");
        var prometheus = metric.at("/provider/prometheus");
        if (!prometheus.path("address").asText().equals(DeliveryRules.PROMETHEUS))
            broken.accept(owner + " is asked of " + prometheus.path("address").asText());
        var query = prometheus.path("query").asText();
        DeliveryRules.unknown(query, build).forEach(name -> broken.accept(owner + ": no service measures " + name));
        if (DeliveryRules.countsShedLoad(query)) broken.accept(owner + " takes shed load for a fault");
        if (!DeliveryRules.namesEachNamespace(query, build.namespace()))
            broken.accept(owner + " counts other namespaces");
        var success = metric.path("successCondition").asText();
        if (!passes(success, List.of(0.0))) broken.accept(owner + " never passes");
        if (passes(success, List.of(ABSURD))) broken.accept(owner + " passes with " + ABSURD);
        if (passes(success, List.of())) broken.accept(owner + " passes without data");
        var failure = metric.path("failureCondition").asText();
        if (!failure.isEmpty() && (!passes(failure, List.of(ABSURD)) || passes(failure, List.of(0.0))))
            broken.accept(owner + " has a condition of failure that says something else");
    }

    private static boolean passes(String condition, List<Double> result) {
        try {
            return Condition.holds(condition, result);
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static void goesBack(Build build, Resource rollout, Consumer<String> broken) {
        var canary = rollout.at("/spec/strategy/canary");
        var weights = each(canary.path("steps"))
                .filter(step -> step.has("setWeight"))
                .map(step -> step.path("setWeight").asInt())
                .toList();
        if (!weights.equals(STEPS)) broken.accept(rollout + ": goes " + weights);
        var steps = each(canary.path("steps")).toList();
        for (var i = 0; i + 1 < steps.size(); i++) {
            if (steps.get(i).has("setWeight")
                    && !steps.get(i + 1).at("/pause/duration").asText().matches("[1-9]\\d*m"))
                broken.accept(rollout + ": does not stay at " + steps.get(i).path("setWeight") + " % to be measured");
        }
        isMeasured(build, rollout, canary, broken);
        if (rollout.at("/spec/paused").asBoolean()) broken.accept(rollout + ": is paused");
        if (!rollout.at("/spec/progressDeadlineAbort").asBoolean())
            broken.accept(rollout + ": does not abort when pods do not become ready");
        routesAndIsSeen(build, rollout, canary, broken);
        var pods = rollout.at("/spec/workloadRef");
        if (!build.has(pods.path("kind").asText(), pods.path("name").asText()))
            broken.accept(rollout + ": has no workload");
        for (var service :
                Stream.of("stableService", "canaryService").filter(canary::has).toList()) {
            if (!build.has("Service", canary.path(service).asText()))
                broken.accept(rollout + ": no Service " + canary.path(service).asText());
        }
    }

    private static void isMeasured(Build build, Resource rollout, JsonNode canary, Consumer<String> broken) {
        var measured = new TreeSet<String>();
        for (var reference : canary.at("/analysis/templates")) {
            var template = build.find(
                    "AnalysisTemplate", reference.path("templateName").asText());
            if (template.isEmpty())
                broken.accept(rollout + ": no template "
                        + reference.path("templateName").asText());
            template.ifPresent(found -> {
                each(found.at("/spec/metrics"))
                        .forEach(metric -> measured.add(metric.path("name").asText()));
                var given = canary.at("/analysis/args").findValuesAsText("name");
                each(found.at("/spec/args"))
                        .map(argument -> argument.path("name").asText())
                        .filter(argument -> !given.contains(argument))
                        .forEach(argument -> broken.accept(rollout + ": does not say " + argument));
            });
        }
        if (canary.at("/analysis/startingStep").asInt() > 1)
            broken.accept(rollout + ": is measured after its first steps");
        if (!canary.at("/analysis/dryRun").isEmpty()) broken.accept(rollout + ": is measured without consequence");
        for (var metric : servesRequests(build, rollout)
                ? List.of("error-ratio", "p99", "violated-invariants")
                : List.of("stopped-listeners", "event-age", "violated-invariants")) {
            if (!measured.contains(metric)) broken.accept(rollout + ": does not measure " + metric);
        }
    }

    /** The gateway has a route to each of the services that answer requests. */
    private static boolean servesRequests(Build build, Resource rollout) {
        var to = "Deployment/" + rollout.name();
        return rollout.name().equals("gateway")
                || Edges.read().expectedOf(build).stream()
                        .anyMatch(edge -> edge.from().equals("Deployment/gateway")
                                && edge.to().equals(to));
    }

    /**
     * Argo writes the hash of the old pods into the selector of {@code stableService} (rollout/service.go,
     * {@code ensureSVCTargets}). A monitor of that Service does not see the new pods, so one of pods has to.
     */
    private static void routesAndIsSeen(Build build, Resource rollout, JsonNode canary, Consumer<String> broken) {
        var routes = canary.at("/trafficRouting/plugins");
        if (rollout.name().equals("gateway")) {
            var named = routes.findValues("httpRoutes").stream()
                    .flatMap(Resource::each)
                    .map(route -> route.path("name").asText())
                    .toList();
            var leading = build.of("HTTPRoute")
                    .filter(route -> !route.json().findValues("backendRefs").isEmpty())
                    .map(Resource::name)
                    .toList();
            if (leading.isEmpty() || !named.containsAll(leading))
                broken.accept(rollout + ": has no weights in " + leading);
            if (!routes.findValuesAsText("namespace").stream().allMatch(build.namespace()::equals))
                broken.accept(rollout + ": routes in another namespace");
            if (!canary.has("stableService") || !canary.has("canaryService"))
                broken.accept(rollout + ": has no Services for its weights");
        }
        if (!canary.has("stableService")) return;
        var pod = Build.pod(
                build.find("Deployment", rollout.text("/spec/workloadRef/name")).orElseThrow());
        if (build.of("PodMonitor").noneMatch(monitor -> DeliveryRules.watches(monitor, pod)))
            broken.accept(rollout + ": no query measures its new pods");
    }
}
