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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** K38: alerts cover the failures, and what they look at exists. */
final class DeliveryRules {

    static final List<Rule> RULES =
            List.of(new Rule("K38", "everything is monitored and every alert has a runbook", DeliveryRules::watched));

    /** The Service that the Prometheus operator makes; {@code edges.yaml} has its namespace. */
    static final String PROMETHEUS = "http://prometheus-operated.monitoring.svc:9090";

    private static final Pattern METRIC =
            Pattern.compile("\\b([a-z][a-z0-9]*(?:_[a-z0-9]+)+)\\b(?=\\s*[\\[{)>=]|\\s*$|\\s)");
    private static final Set<String> WORDS = Set.of("histogram_quantile", "canary_hash", "group_left", "vector_");
    /** Metrics of exporters and libraries by their full names; every other metric must exist in our code. */
    private static final Set<String> OTHERS = Set.of(
            "http_server_requests_seconds_count",
            "http_server_requests_seconds_bucket",
            "hikaricp_connections_pending",
            "hikaricp_connections_active",
            "process_cpu_usage",
            "jvm_memory_used_bytes",
            "kafka_consumer_fetch_manager_records_lag_max",
            // danielqsj/kafka_exporter
            "kafka_consumergroup_lag",
            "kafka_consumergroup_current_offset",
            "kafka_topic_partition_under_replicated_partition",
            // CloudNativePG
            "cnpg_pg_replication_streaming_replicas",
            "cnpg_pg_replication_in_recovery",
            "cnpg_pg_stat_archiver_seconds_since_last_archival",
            "cnpg_collector_last_available_backup_timestamp",
            // kubelet, kube-state-metrics, cert-manager
            "kubelet_volume_stats_available_bytes",
            "kubelet_volume_stats_capacity_bytes",
            "kube_pod_status_ready",
            "kube_job_status_failed",
            "kube_pod_start_time",
            "kube_horizontalpodautoscaler_status_current_replicas",
            "kube_horizontalpodautoscaler_spec_max_replicas",
            "certmanager_certificate_expiration_timestamp_seconds");

    private static final Pattern ABSENT = Pattern.compile("absent\\(([a-z0-9_]+)");
    /** Counters and histograms: their absence means that nothing has happened yet. */
    private static final Pattern GROWS = Pattern.compile(".*_(total|count|bucket|sum)");

    private static final Map<String, Set<String>> OURS = new ConcurrentHashMap<>();

    private DeliveryRules() {}

    private static void watched(Build build, Consumer<String> broken) {
        if (!build.isOperated()) return;
        build.of("Service")
                .filter(service -> port(service, "management"))
                .filter(service -> monitors(build, service) != 1)
                .forEach(service -> broken.accept(service + ": has " + monitors(build, service) + " monitors"));
        enginesAreMonitored(build, broken);
        if (build.of("PrometheusRule").findAny().isEmpty()) broken.accept("there are no alerts");
        queriesHaveRights(build, broken);
        guardsHaveData(build, broken);
        build.of("PrometheusRule")
                .flatMap(rule -> each(rule.at("/spec/groups")))
                .flatMap(group -> each(group.path("rules")))
                .forEach(alert -> {
                    var name = alert.path("alert").asText();
                    if (!Runbooks.isReachable(
                            alert.at("/annotations/runbook_url").asText()))
                        broken.accept(name + ": has no existing runbook");
                    if (!Set.of("page", "ticket")
                            .contains(alert.at("/labels/severity").asText())) broken.accept(name + ": has no severity");
                    // every instance has the series, and a standby has no replica of its own
                    if (alert.path("expr").asText().contains("streaming_replicas")
                            && !alert.path("expr").asText().contains("absent(")
                            && !alert.path("expr").asText().contains("cnpg_pg_replication_in_recovery == 0"))
                        broken.accept(name + ": takes each standby for a primary");
                    if (countsShedLoad(alert.path("expr").asText()))
                        broken.accept(name + ": takes shed load for a fault");
                    unknown(alert.path("expr").asText(), build)
                            .forEach(metric -> broken.accept(name + ": no service measures " + metric));
                });
    }

    private static void enginesAreMonitored(Build build, Consumer<String> broken) {
        build.of("Kafka")
                .filter(kafka -> kafka.at("/spec").has("kafkaExporter"))
                .filter(kafka -> build.of("PodMonitor")
                        .noneMatch(monitor -> isAskedAt(monitor, "tcp-prometheus")
                                && map(kafka.at("/spec/kafkaExporter/template/pod/metadata/labels")).entrySet().stream()
                                        .anyMatch(label -> map(monitor.at("/spec/selector/matchLabels"))
                                                .entrySet()
                                                .contains(label))))
                .forEach(kafka -> broken.accept(kafka + ": has no monitor"));
        build.of("PodMonitor", "ServiceMonitor")
                .filter(monitor -> monitor.at("/spec").has("namespaceSelector"))
                .forEach(monitor -> broken.accept(monitor + ": looks into other namespaces"));
        build.clusters()
                .filter(cluster -> build.of("PodMonitor")
                        .filter(monitor -> isAskedAt(monitor, "metrics"))
                        .noneMatch(monitor -> map(cluster.at("/spec/inheritedMetadata/labels"))
                                .entrySet()
                                .containsAll(map(monitor.at("/spec/selector/matchLabels"))
                                        .entrySet())))
                .forEach(cluster -> broken.accept(cluster + ": has no monitor"));
    }

    /**
     * CloudNativePG's exporter asks as {@code cnpg_metrics_exporter}, a member of {@code pg_monitor} (1.29.1, 1.30), or
     * as {@code pg_monitor} itself (before). Neither may read tables of users.
     */
    private static void queriesHaveRights(Build build, Consumer<String> broken) {
        build.clusters()
                .filter(cluster ->
                        !cluster.at("/spec/monitoring/customQueriesConfigMap").isEmpty())
                .forEach(cluster -> {
                    var owner = cluster.text("/spec/bootstrap/initdb/owner");
                    var rights = Resource.texts(cluster.at("/spec/bootstrap/initdb/postInitApplicationSQL"));
                    for (var right : List.of(
                            "grant usage on schema public to pg_monitor",
                            "alter default privileges for role " + owner
                                    + " in schema public grant select on tables to pg_monitor")) {
                        if (!rights.contains(right)) broken.accept(cluster + ": its exporter misses: " + right);
                    }
                });
    }

    /** A gauge without data fires no alert, so another alert tells that it is absent. */
    private static void guardsHaveData(Build build, Consumer<String> broken) {
        var expressions = build.of("PrometheusRule")
                .flatMap(rule -> each(rule.at("/spec/groups")))
                .flatMap(group -> each(group.path("rules")))
                .map(alert -> alert.path("expr").asText())
                .toList();
        var missed = expressions.stream()
                .flatMap(expression -> ABSENT.matcher(expression).results().map(match -> match.group(1)))
                .collect(Collectors.toSet());
        Stream.concat(
                        expressions.stream(),
                        build.of("AnalysisTemplate")
                                .flatMap(template -> template.json().findValuesAsText("query").stream()))
                .flatMap(DeliveryRules::metrics)
                .filter(name -> !WORDS.contains(name)
                        && !missed.contains(name)
                        && !GROWS.matcher(name).matches())
                .distinct()
                .forEach(name -> broken.accept("no alert fires when " + name + " is absent"));
    }

    /** A 503 with Retry-After is shed load: a sale that works well has some. */
    static boolean countsShedLoad(String expression) {
        return Pattern.compile("\\{[^}]*SERVER_ERROR[^}]*}")
                .matcher(expression)
                .results()
                .anyMatch(match -> !match.group().contains("status!=\"503\""));
    }

    static boolean namesEachNamespace(String query, String namespace) {
        var selectors = query.split("namespace=\"" + namespace + "\"", -1).length - 1;
        return selectors >= metrics(query).filter(name -> !WORDS.contains(name)).count();
    }

    /** Monitors of the Service and of its pods; two would count each request twice. */
    private static long monitors(Build build, Resource service) {
        var selector = map(service.at("/spec/selector"));
        var pods = build.pods().stream()
                .filter(Pod::isOurs)
                .filter(pod -> pod.matches(selector))
                .toList();
        return build.of("ServiceMonitor")
                        .filter(monitor -> watches(monitor, service))
                        .count()
                + build.of("PodMonitor")
                        .filter(monitor -> pods.stream().anyMatch(pod -> watches(monitor, pod)))
                        .count();
    }

    /** The ports of the operators' exporters have these names. */
    private static boolean isAskedAt(Resource monitor, String port) {
        return each(monitor.at("/spec/podMetricsEndpoints"))
                .anyMatch(endpoint -> endpoint.path("port").asText().equals(port));
    }

    static boolean watches(Resource monitor, Pod pod) {
        var selector = map(monitor.at("/spec/selector/matchLabels"));
        return !selector.isEmpty()
                && pod.matches(selector)
                && each(monitor.at("/spec/podMetricsEndpoints"))
                        .anyMatch(endpoint -> pod.port(endpoint.path("port")).isPresent()
                                && endpoint.path("path").asText().equals("/actuator/prometheus"));
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
    static List<String> unknown(String expression, Build build) {
        var ours = OURS.computeIfAbsent(build.overlay(), _ -> ours(build));
        return metrics(expression)
                .distinct()
                .filter(name -> !WORDS.contains(name) && !OTHERS.contains(name))
                .filter(name -> !ours.contains(name.replaceFirst("_(total|seconds|count|sum|max|bucket)$", ""))
                        && !ours.contains(name)
                        && !ours.contains(name.replaceFirst("_(seconds)?_(total|count|sum|bucket)$", "")))
                .toList();
    }

    private static Stream<String> metrics(String expression) {
        var bare = expression
                .replaceAll("\\{\\{[^}]*}}", "x")
                .replaceAll("\"[^\"]*\"", "\"\"")
                .replaceAll("\\b(by|on|without|ignoring|group_left) ?\\([^)]*\\)", "");
        return METRIC.matcher(bare).results().map(match -> match.group(1));
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
                "platform/base",
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
