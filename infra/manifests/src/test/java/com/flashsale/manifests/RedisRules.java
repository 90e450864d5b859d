package com.flashsale.manifests;

import static com.flashsale.manifests.Resource.each;
import static com.flashsale.manifests.Resource.texts;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** K36: Redis. */
final class RedisRules {

    static final List<Rule> RULES = List.of(
            new Rule("K36", "Redis refuses writes rather than evict keys", RedisRules::refusesRatherThanEvicts));

    private static final List<String> LINES = List.of(
            "maxmemory-policy noeviction", "save \"\"", "appendonly no", "aclfile /run/secrets/redis/users.acl");

    private static final Pattern RUNS_FOR =
            Pattern.compile("time\\(\\) - kube_pod_start_time\\{[^}]*pod=~\"redis-\\.\\*\"} > (\\d+)");

    /** The wait of Kubernetes for a lost node unless the pod has another. */
    private static final int LOST = 300;

    private RedisRules() {}

    private static void refusesRatherThanEvicts(Build build, Consumer<String> broken) {
        var config = build.configMap("redis")
                .map(map -> map.text("/data/redis.conf"))
                .orElse("");
        var says = config.lines().map(String::strip).toList();
        LINES.stream()
                .filter(line -> !isLastWord(says, line))
                .forEach(line -> broken.accept("redis.conf does not say " + line));
        says.stream()
                .filter(line ->
                        line.matches("(?:user|rename-command|enable-\\w+-command|loadmodule|include|replicaof) .*"
                                + "|protected-mode no|appendonly yes"))
                .forEach(line -> broken.accept("redis.conf says " + line));
        build.find("Deployment", "redis").ifPresent(redis -> isOne(build, redis, broken));
        if (maxMemory(says) > memoryLimit(build) * 4 / 5) broken.accept("redis may fill its pod");
        if (build.isOperated()) speaksTls(build, says, broken);
        if (build.isOperated()) outlivesItsCertificate(build, broken);
    }

    /** Redis takes the last line of a name. */
    private static boolean isLastWord(List<String> says, String line) {
        var name = line.substring(0, line.indexOf(' ') + 1);
        return says.stream()
                .filter(said -> said.startsWith(name))
                .reduce((_, last) -> last)
                .orElse("")
                .equals(line);
    }

    /** Several would each have a part of a queue; and arguments win over the file. */
    private static void isOne(Build build, Resource redis, Consumer<String> broken) {
        if (build.replicas(redis).least() != 1 || build.replicas(redis).most() != 1)
            broken.accept(redis + ": must be one, since replicas know nothing of each other");
        if (!redis.text("/spec/strategy/type").equals("Recreate"))
            broken.accept(redis + ": two serve at once while a new version comes");
        var patience = each(redis.at("/spec/template/spec/tolerations"))
                .filter(toleration -> toleration.path("effect").asText().equals("NoExecute"))
                .filter(toleration -> toleration.path("tolerationSeconds").asInt(LOST) < LOST)
                .map(toleration -> toleration.path("key").asText())
                .toList();
        if (!patience.containsAll(List.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable")))
            broken.accept(redis + ": stays away for " + LOST + " s with a lost node");
        Build.pod(redis).containers().forEach(container -> {
            var words = new ArrayList<>(texts(container.path("command")));
            words.addAll(texts(container.path("args")));
            if (!words.equals(List.of("redis-server", "/etc/redis/redis.conf")))
                broken.accept(redis + ": starts with " + words);
        });
    }

    private static long maxMemory(List<String> says) {
        return says.stream()
                .filter(line -> line.startsWith("maxmemory "))
                .map(line -> Quantities.bytes(line.substring(10)))
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }

    private static long memoryLimit(Build build) {
        return build.find("Deployment", "redis").map(Build::pod).stream()
                .flatMap(Pod::containers)
                .mapToLong(container -> Quantities.bytes(
                        container.at("/resources/limits/memory").asText("0")))
                .sum();
    }

    /** redis-server reads its certificate at its start only (redis#8756), so an alert asks for a restart in time. */
    private static void outlivesItsCertificate(Build build, Consumer<String> broken) {
        var bound = build.of("PrometheusRule")
                .flatMap(rule -> rule.json().findValuesAsText("expr").stream())
                .flatMap(expression -> RUNS_FOR.matcher(expression).results())
                .mapToLong(match -> Long.parseLong(match.group(1)))
                .min()
                .orElse(Long.MAX_VALUE);
        build.of("Certificate")
                .filter(certificate -> certificate.text("/spec/secretName").equals("redis-tls"))
                .filter(certificate -> hours(certificate.text("/spec/renewBefore")) * 3600 < bound)
                .forEach(certificate -> broken.accept(certificate + ": ends while Redis still uses it"));
    }

    private static long hours(String duration) {
        return duration.matches("\\d+h") ? Long.parseLong(duration.replace("h", "")) : 0;
    }

    private static void speaksTls(Build build, List<String> says, Consumer<String> broken) {
        if (!says.contains("port 0") || says.stream().noneMatch(line -> line.startsWith("tls-port ")))
            broken.accept("redis listens without TLS");
        for (var service : List.of("gateway", "waitlist-service")) {
            var container = build.find("Deployment", service)
                    .map(Build::pod)
                    .orElseThrow()
                    .containers()
                    .findFirst()
                    .orElseThrow();
            if (!Pod.hasEnv(container, "REDIS_CERTIFICATE_AUTHORITY")
                    && !Pod.env(container, "SPRING_DATA_REDIS_SSL_BUNDLE").equals("redis"))
                broken.accept(service + ": connects to redis without TLS");
            if (Pod.env(container, "REDIS_USER").isEmpty()
                    && Pod.env(container, "SPRING_DATA_REDIS_USERNAME").isEmpty())
                broken.accept(service + ": has no user of redis");
        }
    }
}
