package com.flashsale.manifests;

import java.util.List;
import java.util.function.Consumer;

/** K36: Redis. */
final class RedisRules {

    static final List<Rule> RULES = List.of(
            new Rule("K36", "Redis refuses writes rather than evict keys", RedisRules::refusesRatherThanEvicts));

    private static final List<String> LINES = List.of(
            "maxmemory-policy noeviction", "save \"\"", "appendonly no", "aclfile /run/secrets/redis/users.acl");

    private RedisRules() {}

    private static void refusesRatherThanEvicts(Build build, Consumer<String> broken) {
        var config = build.configMap("redis")
                .map(map -> map.text("/data/redis.conf"))
                .orElse("");
        var says = config.lines().map(String::strip).toList();
        LINES.stream()
                .filter(line -> !says.contains(line))
                .forEach(line -> broken.accept("redis.conf does not say " + line));
        if (maxMemory(says) > memoryLimit(build) * 4 / 5) broken.accept("redis may fill its pod");
        if (build.isOperated()) speaksTls(build, says, broken);
    }

    private static long maxMemory(List<String> says) {
        return says.stream()
                .filter(line -> line.startsWith("maxmemory "))
                .map(line -> Quantities.bytes(line.substring(10)))
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }

    private static long memoryLimit(Build build) {
        return build.find("StatefulSet", "redis").map(Build::pod).stream()
                .flatMap(Pod::containers)
                .mapToLong(container -> Quantities.bytes(
                        container.at("/resources/limits/memory").asText("0")))
                .sum();
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
