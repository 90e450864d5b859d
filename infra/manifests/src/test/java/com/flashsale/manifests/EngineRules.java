package com.flashsale.manifests;

import static com.flashsale.manifests.Resource.each;
import static com.flashsale.manifests.Resource.texts;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** K32, K33, K36: Kafka and Redis. */
final class EngineRules {

    static final List<Rule> RULES = List.of(
            new Rule("K32", EngineRules::kafkaLosesNothing),
            new Rule("K33", EngineRules::aclsAreTheMap),
            new Rule("K36", EngineRules::redisIsAValve));

    private EngineRules() {}

    private static void kafkaLosesNothing(Build build, Consumer<String> broken) {
        if (!build.isOperated()) return;
        var brokers = build.of("KafkaNodePool")
                .mapToInt(pool -> pool.number("/spec/replicas"))
                .sum();
        if (brokers < 3) broken.accept(brokers + " brokers");
        if (build.of("Kafka").count() != 1) broken.accept("no Kafka, or more than one");
        build.of("KafkaNodePool")
                .filter(pool -> !pool.json().findValues("deleteClaim").stream().allMatch(delete -> !delete.asBoolean())
                        || pool.json().findValues("deleteClaim").isEmpty())
                .forEach(pool -> broken.accept(pool + ": its disks go with it"));
        build.of("Kafka").forEach(kafka -> {
            var config = kafka.at("/spec/kafka/config");
            if (config.path("default.replication.factor").asInt() != 3) broken.accept(kafka + ": replication factor");
            if (config.path("min.insync.replicas").asInt() != 2) broken.accept(kafka + ": in-sync replicas");
            if (!config.path("unclean.leader.election.enable").asText().equals("false"))
                broken.accept(kafka + ": may elect who has not heard all");
            if (!config.path("auto.create.topics.enable").asText().equals("false"))
                broken.accept(kafka + ": makes topics by itself");
            if (!kafka.text("/spec/kafka/authorization/type").equals("simple"))
                broken.accept(kafka + ": everybody may do everything");
            each(kafka.at("/spec/kafka/listeners"))
                    .filter(listener -> !listener.path("tls").asBoolean()
                            || listener.at("/authentication/type").asText().isEmpty())
                    .forEach(listener -> broken.accept(
                            kafka + ": open listener " + listener.path("name").asText()));
            if (kafka.at("/spec/kafka/template/podDisruptionBudget/maxUnavailable")
                            .asInt()
                    != 1) broken.accept(kafka + ": disruption budget");
        });
        var topics = "platform/service/src/main/java/com/flashsale/platform/messaging/Topics.java";
        var kept = days(topics, " RETENTION");
        var segment = days(topics, "SEGMENT");
        var dead = days(topics, "DEAD_LETTER_RETENTION");
        var remembered = days("platform/service/src/main/java/com/flashsale/platform/inbox/InboxCleanup.java", "KEPT");
        if (kept.plus(segment).compareTo(remembered) >= 0)
            broken.accept("an inbox forgets a message that Kafka can still deliver");
        var there = new TreeMap<String, Resource>();
        build.of("KafkaTopic").forEach(topic -> there.put(topic.name(), topic));
        if (!there.keySet().equals(new TreeSet<>(Topics.all().keySet())))
            broken.accept("topics are " + there.keySet() + ", services have "
                    + new TreeSet<>(Topics.all().keySet()));
        Topics.all().forEach((name, wanted) -> {
            var topic = there.get(name);
            if (topic == null) return;
            var retention = topic.at("/spec/config/retention.ms").asLong();
            if (topic.number("/spec/partitions") != wanted.partitions()) broken.accept(topic + ": partitions");
            if (topic.number("/spec/replicas") != 3 || topic.number("/spec/config/min.insync.replicas") != 2)
                broken.accept(topic + ": copies");
            if (topic.text("/spec/config/cleanup.policy").equals("compact") != wanted.compacted())
                broken.accept(topic + ": is kept the wrong way");
            var letters = name.endsWith(Topics.DEAD_LETTERS);
            if (retention != (wanted.compacted() ? -1 : (letters ? dead : kept).toMillis()))
                broken.accept(topic + ": is kept for " + retention + " ms");
            if (!wanted.compacted()
                    && !letters
                    && topic.at("/spec/config/segment.ms").asLong() != segment.toMillis())
                broken.accept(topic + ": a message lives as long as its segment is written");
        });
    }

    private static Duration days(String file, String name) {
        return Duration.ofDays(Long.parseLong(Settings.first(file, name + " = Duration.ofDays\\((\\d+)\\)")));
    }

    private static void aclsAreTheMap(Build build, Consumer<String> broken) {
        if (!build.isOperated()) return;
        for (var service : Settings.SERVICES) {
            var settings = Settings.of(service);
            var wanted = new TreeSet<String>();
            settings.produces().keySet().forEach(topic -> wanted.add("write " + topic));
            settings.consumes().forEach(topic -> {
                wanted.add("read " + topic);
                wanted.add("write " + topic + Topics.DEAD_LETTERS);
            });
            var user = build.find("KafkaUser", service);
            if (wanted.isEmpty()) continue;
            var may = new TreeSet<String>();
            user.ifPresent(found -> each(found.at("/spec/authorization/acls"))
                    .filter(acl -> acl.at("/resource/type").asText().equals("topic"))
                    .forEach(acl -> {
                        var topic = acl.at("/resource/name").asText();
                        if (!acl.at("/resource/patternType").asText("literal").equals("literal") || topic.contains("*"))
                            may.add("too much of " + topic);
                        var operations = new HashSet<>(texts(acl.path("operations")));
                        if (operations.remove("Write")) may.add("write " + topic);
                        if (operations.remove("Read")) may.add("read " + topic);
                        operations.remove("Describe");
                        operations.forEach(operation -> may.add(operation + " " + topic));
                    }));
            if (!may.equals(wanted)) broken.accept("%s may %s, needs %s".formatted(service, may, wanted));
            user.ifPresent(found -> groups(found, service, broken));
        }
        build.of("KafkaUser")
                .filter(user -> !user.text("/spec/authentication/type").equals("scram-sha-512"))
                .forEach(user -> broken.accept(user + ": has no password"));
        var known = new HashSet<>(Settings.SERVICES);
        build.of("KafkaUser")
                .filter(user -> !known.contains(user.name()))
                .flatMap(user -> each(user.at("/spec/authorization/acls")))
                .filter(acl -> !Set.of("Describe").containsAll(texts(acl.path("operations"))))
                .forEach(acl -> broken.accept("a stranger may " + acl));
    }

    private static void groups(Resource user, String service, Consumer<String> broken) {
        var prefixes = each(user.at("/spec/authorization/acls"))
                .filter(acl -> acl.at("/resource/type").asText().equals("group")
                        && texts(acl.path("operations")).contains("Read"))
                .map(acl -> acl.at("/resource/name").asText())
                .toList();
        for (var group : Topics.groups(service)) {
            if (prefixes.stream().noneMatch(group::startsWith)) broken.accept(user + ": may not read as " + group);
        }
        prefixes.stream()
                .filter(prefix -> !prefix.startsWith(service))
                .forEach(prefix -> broken.accept(user + ": may read as " + prefix));
    }

    private static void redisIsAValve(Build build, Consumer<String> broken) {
        var config = build.configMap("redis")
                .map(map -> map.text("/data/redis.conf"))
                .orElse("");
        var says = config.lines().map(String::strip).toList();
        for (var line : List.of(
                "maxmemory-policy noeviction", "save \"\"", "appendonly no", "aclfile /run/secrets/redis/users.acl")) {
            if (!says.contains(line)) broken.accept("redis.conf does not say " + line);
        }
        var memory = says.stream()
                .filter(line -> line.startsWith("maxmemory "))
                .map(line -> Bytes.of(line.substring(10)))
                .findFirst()
                .orElse(Long.MAX_VALUE);
        var limit = build.find("StatefulSet", "redis").map(Build::pod).stream()
                .flatMap(Pod::containers)
                .mapToLong(container ->
                        Bytes.of(container.at("/resources/limits/memory").asText("0")))
                .sum();
        if (memory > limit * 4 / 5) broken.accept("redis may fill its pod");
        if (!build.isOperated()) return;
        if (!says.contains("port 0") || says.stream().noneMatch(line -> line.startsWith("tls-port ")))
            broken.accept("redis speaks in the clear");
        for (var service : List.of("gateway", "waitlist-service")) {
            var container = build.find("Deployment", service)
                    .map(Build::pod)
                    .orElseThrow()
                    .containers()
                    .findFirst()
                    .orElseThrow();
            if (!Pod.hasEnv(container, "REDIS_CERTIFICATE_AUTHORITY")
                    && !Pod.env(container, "SPRING_DATA_REDIS_SSL_BUNDLE").equals("redis"))
                broken.accept(service + ": speaks to redis in the clear");
            if (Pod.env(container, "REDIS_USER").isEmpty()
                    && Pod.env(container, "SPRING_DATA_REDIS_USERNAME").isEmpty())
                broken.accept(service + ": is nobody to redis");
        }
    }
}
