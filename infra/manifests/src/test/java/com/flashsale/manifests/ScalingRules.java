package com.flashsale.manifests;

import static com.flashsale.manifests.Resource.each;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** K22 to K24: more pods for more people, in time. */
final class ScalingRules {

    static final List<Rule> RULES = List.of(
            new Rule("K22", "services grow fast and shrink slowly", ScalingRules::growsFastShrinksSlowly),
            new Rule("K23", "workers grow with their backlog", ScalingRules::workersGrowByLag),
            new Rule("K24", "a sale finds enough pods", ScalingRules::readyBeforeTheSale));

    private static final Set<String> BY_CPU = Set.of("gateway", "catalog-service", "order-service");
    private static final Set<String> BY_LAG = Set.of("inventory-service", "waitlist-service");
    private static final int SLOWLY = 300;
    private static final int LEAST_PERCENT = 30;
    private static final int MOST_PERCENT = 75;
    private static final int LONGEST_POLL = 30;
    private static final int MOST_LAG = 10_000;
    private static final String SALE = "flash-sale.example/sale-replicas";
    private static final String LEAD = "flash-sale.example/sale-lead";

    private ScalingRules() {}

    private static void growsFastShrinksSlowly(Build build, Consumer<String> broken) {
        if (!build.isOperated()) return;
        var targets = new HashSet<String>();
        build.of("HorizontalPodAutoscaler", "ScaledObject").forEach(scaler -> {
            var target = scaler.at("/spec/scaleTargetRef");
            var name = target.path("name").asText();
            if (!targets.add(name)) broken.accept(name + ": has two autoscalers");
            if (!build.has(target.path("kind").asText(), name)) broken.accept(scaler + ": scales nothing");
            if (target.path("kind").asText().equals("Deployment") && build.has("Rollout", name)) {
                broken.accept(scaler + ": scales the Deployment that the Rollout has emptied");
            }
            var behaviour = scaler.kind().equals("ScaledObject")
                    ? scaler.at("/spec/advanced/horizontalPodAutoscalerConfig/behavior")
                    : scaler.at("/spec/behavior");
            growsByEnough(scaler, behaviour.path("scaleUp"), broken);
            if (behaviour.at("/scaleUp/stabilizationWindowSeconds").asInt(SLOWLY) > 0)
                broken.accept(scaler + ": does not grow at once");
            if (behaviour.at("/scaleDown/stabilizationWindowSeconds").asInt() < SLOWLY)
                broken.accept(scaler + ": shrinks within five minutes");
        });
        build.of("HorizontalPodAutoscaler").forEach(scaler -> measuresInTime(scaler, broken));
        for (var service : BY_CPU) {
            var scaler = build.find("HorizontalPodAutoscaler", service);
            if (scaler.isEmpty()) broken.accept(service + ": does not grow");
            scaler.filter(found -> found.number("/spec/minReplicas") >= found.number("/spec/maxReplicas"))
                    .ifPresent(found -> broken.accept(found + ": has no room to grow"));
        }
    }

    /** Twice as many pods within half a minute: a sale opens in one second. */
    private static void growsByEnough(Resource scaler, JsonNode up, Consumer<String> broken) {
        var fast = each(up.path("policies"))
                .anyMatch(policy -> policy.path("type").asText().equals("Percent")
                        && policy.path("value").asInt() >= 100
                        && policy.path("periodSeconds").asInt() <= 30);
        if (!fast || !up.path("selectPolicy").asText("Max").equals("Max"))
            broken.accept(scaler + ": does not double within half a minute");
    }

    /** A pod needs a minute to start, so the others must have room for that long. */
    private static void measuresInTime(Resource scaler, Consumer<String> broken) {
        var cpu = each(scaler.at("/spec/metrics"))
                .filter(metric -> metric.at("/resource/name").asText().equals("cpu")
                        && metric.at("/resource/target/type").asText().equals("Utilization"))
                .mapToInt(metric ->
                        metric.at("/resource/target/averageUtilization").asInt())
                .min();
        if (cpu.isEmpty() || cpu.getAsInt() < LEAST_PERCENT || cpu.getAsInt() > MOST_PERCENT)
            broken.accept(scaler + ": does not grow between " + LEAST_PERCENT + " and " + MOST_PERCENT + " % of CPU");
    }

    private static void workersGrowByLag(Build build, Consumer<String> broken) {
        if (!build.isOperated()) return;
        for (var service : BY_LAG) {
            if (!build.has("ScaledObject", service)) broken.accept(service + ": does not grow with its backlog");
        }
        build.of("ScaledObject").forEach(scaler -> {
            var service = scaler.text("/spec/scaleTargetRef/name");
            if (!scaler.at("/spec").has("fallback")) broken.accept(scaler + ": has no fallback without Kafka");
            var lags = each(scaler.at("/spec/triggers"))
                    .filter(trigger -> trigger.path("type").asText().equals("kafka"))
                    .toList();
            if (lags.isEmpty()) broken.accept(scaler + ": does not scale by lag");
            each(scaler.at("/spec/triggers")).forEach(trigger -> isAnswered(build, scaler, trigger, broken));
            var fallback = scaler.number("/spec/fallback/replicas");
            if (fallback < scaler.number("/spec/minReplicaCount") || fallback > scaler.number("/spec/maxReplicaCount"))
                broken.accept(scaler + ": falls back to " + fallback + " replicas");
            if (scaler.at("/spec/pollingInterval").asInt(LONGEST_POLL) > LONGEST_POLL)
                broken.accept(scaler + ": looks at its backlog too rarely");
            if (each(scaler.at("/spec/triggers"))
                    .noneMatch(trigger -> trigger.path("type").asText().equals("prometheus"))) {
                broken.accept(scaler + ": does not scale by its queues");
            }
            for (var lag : lags) {
                var topic = lag.at("/metadata/topic").asText();
                var group = lag.at("/metadata/consumerGroup").asText();
                if (!Topics.groups(service).contains(group))
                    broken.accept(scaler + ": no listener has the group " + group);
                var readers = scaler.number("/spec/maxReplicaCount") * consumers(build, service, topic);
                var partitions = Topics.all().containsKey(topic)
                        ? Topics.all().get(topic).partitions()
                        : 0;
                if (readers > partitions)
                    broken.accept(
                            "%s: %d readers of %d partitions of %s".formatted(scaler, readers, partitions, topic));
            }
        });
    }

    /** Each trigger asks this build's broker as a user with rights, or the one Prometheus about this namespace. */
    private static void isAnswered(Build build, Resource scaler, JsonNode trigger, Consumer<String> broken) {
        var metadata = trigger.path("metadata");
        if (trigger.path("type").asText().equals("prometheus")) {
            var query = metadata.path("query").asText();
            if (!metadata.path("serverAddress").asText().equals(DeliveryRules.PROMETHEUS))
                broken.accept(
                        scaler + ": asks " + metadata.path("serverAddress").asText());
            if (!query.contains("namespace=\"" + build.namespace() + "\""))
                broken.accept(scaler + ": counts the work of other namespaces");
            // each replica reports the backlog of the whole database
            if (query.matches("(?s).*sum\\s*\\(\\s*outbox_.*"))
                broken.accept(scaler + ": counts one backlog many times");
            DeliveryRules.unknown(query, build)
                    .forEach(name -> broken.accept(scaler + ": no service measures " + name));
            isThreshold(scaler, metadata.path("threshold").asText(), broken);
            return;
        }
        var listeners = build.of("Kafka")
                .flatMap(kafka -> each(kafka.at("/spec/kafka/listeners"))
                        .map(listener -> "%s-kafka-bootstrap.%s.svc:%d"
                                .formatted(
                                        kafka.name(),
                                        build.namespace(),
                                        listener.path("port").asInt())))
                .toList();
        if (!listeners.contains(metadata.path("bootstrapServers").asText()))
            broken.accept(scaler + ": asks " + metadata.path("bootstrapServers").asText() + " for its lag");
        if (!metadata.path("tls").asText().equals("enable")
                || !metadata.path("sasl").asText().equals("scram_sha512"))
            broken.accept(scaler + ": asks for its lag without TLS or without a user");
        isThreshold(scaler, metadata.path("lagThreshold").asText(), broken);
        var parameters = build.find(
                        "TriggerAuthentication",
                        trigger.at("/authenticationRef/name").asText())
                .map(found -> found.at("/spec").findValuesAsText("parameter"))
                .orElse(List.of());
        if (!parameters.containsAll(List.of("username", "password", "ca")))
            broken.accept(scaler + ": has no user, password and authority for Kafka");
    }

    private static void isThreshold(Resource scaler, String threshold, Consumer<String> broken) {
        if (!threshold.matches("[1-9]\\d{0,8}") || Integer.parseInt(threshold) > MOST_LAG)
            broken.accept(scaler + ": grows at " + threshold + " waiting messages");
    }

    /** Readers in one process. */
    private static int consumers(Build build, String service, String topic) {
        if (!service.equals("inventory-service") || !topic.equals("order.order")) return 1;
        return build.find("Deployment", service).map(Build::pod).stream()
                .flatMap(Pod::services)
                .map(container -> Pod.env(container, "INVENTORY_ORDER_CONSUMERS"))
                .filter(count -> !count.isEmpty())
                .map(Integer::parseInt)
                .findFirst()
                .orElseGet(() -> Settings.of(service).number("inventory.order-consumers"));
    }

    private static void readyBeforeTheSale(Build build, Consumer<String> broken) {
        if (!build.isOperated()) return;
        build.of("HorizontalPodAutoscaler", "ScaledObject").forEach(scaler -> {
            var range = build.replicas(build.find("Deployment", scaler.name()).orElse(scaler));
            var sale = scaler.annotation(SALE);
            if (!sale.matches("[1-9]\\d*")) {
                broken.accept(scaler + ": does not state the replicas of a sale");
                return;
            }
            if (!scaler.annotation(LEAD).matches("[1-9]\\d*m"))
                broken.accept(scaler + ": does not state how long before a sale it grows");
            var needed = Integer.parseInt(sale);
            if (needed > range.most()) broken.accept(scaler + ": cannot grow to the replicas of a sale");
            if (build.overlay().endsWith("-sale") && range.least() < needed)
                broken.accept(scaler + ": does not start with the replicas of a sale");
        });
        for (var service : Settings.SERVICES) {
            if (build.of("HorizontalPodAutoscaler", "ScaledObject")
                    .noneMatch(scaler -> scaler.name().equals(service))) {
                broken.accept(service + ": the sale overlay does not set its replicas");
            }
        }
    }
}
