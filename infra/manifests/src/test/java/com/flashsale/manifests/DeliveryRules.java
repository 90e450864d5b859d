package com.flashsale.manifests;

import static com.flashsale.manifests.Resource.each;
import static com.flashsale.manifests.Resource.map;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** K37, K38: a bad version is rolled back without a person, and alerts cover the failures. */
final class DeliveryRules {

    static final List<Rule> RULES = List.of(
            new Rule("K37", "a release goes step by step and rolls back by itself", DeliveryRules::stepByStep),
            new Rule("K38", "everything is monitored and every alert has a runbook", DeliveryRules::watched));

    private static final List<Integer> STEPS = List.of(5, 25, 50, 100);
    private static final Pattern METRIC =
            Pattern.compile("\\b([a-z][a-z0-9]*(?:_[a-z0-9]+)+)\\b(?=\\s*[\\[{)>=]|\\s*$|\\s)");
    private static final Set<String> WORDS = Set.of("histogram_quantile", "canary_hash");
    /** Metrics of exporters and libraries; every other metric must exist in our code. */
    private static final Pattern OTHERS = Pattern.compile(
            "(http_server_requests_seconds|hikaricp_connections|kafka_consumergroup|cnpg_pg|jvm|process)_.*");

    private static final Map<String, Set<String>> OURS = new ConcurrentHashMap<>();

    private DeliveryRules() {}

    private static void stepByStep(Build build, Consumer<String> broken) {
        if (!build.isProduction()) return;
        for (var service :
                Stream.concat(Stream.of("gateway"), Settings.SERVICES.stream()).toList()) {
            var rollout = build.find("Rollout", service);
            if (rollout.isEmpty()) broken.accept(service + ": a new version gets all traffic at once");
            rollout.ifPresent(found -> goesBack(build, found, broken));
        }
        build.of("AnalysisTemplate")
                .forEach(template -> each(template.at("/spec/metrics")).forEach(metric -> {
                    if (!metric.has("failureLimit"))
                        broken.accept(template + ": " + metric.path("name").asText() + " has no failure limit");
                    if (metric.path("successCondition").asText().isBlank())
                        broken.accept(template + ": " + metric.path("name").asText() + " cannot fail");
                    unknown(metric.at("/provider/prometheus/query").asText(), build)
                            .forEach(name -> broken.accept(template + ": no service measures " + name));
                }));
    }

    private static void goesBack(Build build, Resource rollout, Consumer<String> broken) {
        var canary = rollout.at("/spec/strategy/canary");
        var weights = each(canary.path("steps"))
                .filter(step -> step.has("setWeight"))
                .map(step -> step.path("setWeight").asInt())
                .toList();
        if (!weights.equals(STEPS)) broken.accept(rollout + ": goes " + weights);
        if (each(canary.path("steps")).noneMatch(step -> step.has("pause")))
            broken.accept(rollout + ": has no pause for measurements");
        var measured = new TreeSet<String>();
        for (var reference : canary.at("/analysis/templates")) {
            var template = build.find(
                    "AnalysisTemplate", reference.path("templateName").asText());
            if (template.isEmpty())
                broken.accept(rollout + ": no template "
                        + reference.path("templateName").asText());
            template.ifPresent(found -> each(found.at("/spec/metrics"))
                    .forEach(metric -> measured.add(metric.path("name").asText())));
        }
        for (var metric : List.of("error-ratio", "p99", "violated-invariants")) {
            if (!measured.contains(metric)) broken.accept(rollout + ": does not measure " + metric);
        }
        if (!rollout.at("/spec/progressDeadlineAbort").asBoolean())
            broken.accept(rollout + ": does not abort when pods do not become ready");
        var pods = rollout.at("/spec/workloadRef");
        if (!build.has(pods.path("kind").asText(), pods.path("name").asText()))
            broken.accept(rollout + ": has no workload");
        for (var service :
                Stream.of("stableService", "canaryService").filter(canary::has).toList()) {
            if (!build.has("Service", canary.path(service).asText()))
                broken.accept(rollout + ": no Service " + canary.path(service).asText());
        }
    }

    private static void watched(Build build, Consumer<String> broken) {
        if (!build.isOperated()) return;
        build.of("Service")
                .filter(service -> port(service, "management"))
                .filter(service -> build.of("ServiceMonitor").noneMatch(monitor -> watches(monitor, service)))
                .forEach(service -> broken.accept(service + ": has no monitor"));
        build.clusters()
                .filter(cluster -> build.of("PodMonitor")
                        .noneMatch(monitor -> map(cluster.at("/spec/inheritedMetadata/labels"))
                                .entrySet()
                                .containsAll(map(monitor.at("/spec/selector/matchLabels"))
                                        .entrySet())))
                .forEach(cluster -> broken.accept(cluster + ": has no monitor"));
        if (build.of("PrometheusRule").findAny().isEmpty()) broken.accept("there are no alerts");
        build.of("PrometheusRule")
                .flatMap(rule -> each(rule.at("/spec/groups")))
                .flatMap(group -> each(group.path("rules")))
                .forEach(alert -> {
                    var name = alert.path("alert").asText();
                    if (!Runbooks.exist(alert.at("/annotations/runbook_url").asText()))
                        broken.accept(name + ": has no existing runbook");
                    if (!Set.of("page", "ticket")
                            .contains(alert.at("/labels/severity").asText())) broken.accept(name + ": has no severity");
                    unknown(alert.path("expr").asText(), build)
                            .forEach(metric -> broken.accept(name + ": no service measures " + metric));
                });
    }

    private static boolean port(Resource service, String name) {
        return each(service.at("/spec/ports"))
                .anyMatch(port -> port.path("name").asText().equals(name));
    }

    private static boolean watches(Resource monitor, Resource service) {
        var byLabel = service.labels()
                .entrySet()
                .containsAll(map(monitor.at("/spec/selector/matchLabels")).entrySet());
        var byExpression = each(monitor.at("/spec/selector/matchExpressions"))
                .allMatch(expression -> expression.path("operator").asText().equals("In")
                        && Resource.texts(expression.path("values"))
                                .contains(service.labels()
                                        .getOrDefault(expression.path("key").asText(), "")));
        return byLabel
                && byExpression
                && each(monitor.at("/spec/endpoints"))
                        .anyMatch(
                                endpoint -> port(service, endpoint.path("port").asText())
                                        && endpoint.path("path").asText().equals("/actuator/prometheus"));
    }

    /** Metrics in an expression that neither our code, nor our queries, nor a known exporter makes. */
    private static List<String> unknown(String expression, Build build) {
        var bare = expression
                .replaceAll("\\{\\{[^}]*}}", "x")
                .replaceAll("\"[^\"]*\"", "\"\"")
                .replaceAll("by \\([^)]*\\)", "");
        var ours = OURS.computeIfAbsent(build.overlay(), _ -> ours(build));
        return METRIC.matcher(bare)
                .results()
                .map(match -> match.group(1))
                .distinct()
                .filter(name -> !WORDS.contains(name) && !OTHERS.matcher(name).matches())
                .filter(name -> !ours.contains(name.replaceFirst("_(total|seconds|count|sum|max|bucket)$", ""))
                        && !ours.contains(name)
                        && !ours.contains(name.replaceFirst("_(seconds)?_(total|count|sum|bucket)$", "")))
                .toList();
    }

    private static Set<String> ours(Build build) {
        var names = new TreeSet<String>();
        for (var module : List.of(
                "gateway",
                "auth-service",
                "catalog-service",
                "inventory-service",
                "order-service",
                "waitlist-service",
                "platform/service")) {
            Settings.inCode(module, "(?s)(?:builder|gauge|counter|timer|summary)\\(\\s*\"([a-z.]+)\"")
                    .forEach(name -> names.add(name.replace('.', '_').toLowerCase(Locale.ROOT)));
        }
        build.configMap("invariants").stream()
                .flatMap(found -> Resource.map(found.at("/data")).values().stream())
                .flatMap(text -> Overlays.parse(text).stream())
                .map(Resource::json)
                .forEach(queries ->
                        queries.properties().forEach(query -> names(query.getKey(), query.getValue(), names)));
        return names;
    }

    private static void names(String query, JsonNode definition, Set<String> names) {
        each(definition.path("metrics"))
                .forEach(metric ->
                        metric.fieldNames().forEachRemaining(column -> names.add("cnpg_" + query + "_" + column)));
    }
}
