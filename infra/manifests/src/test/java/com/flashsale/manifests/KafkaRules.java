package com.flashsale.manifests;

import static com.flashsale.manifests.Resource.each;
import static com.flashsale.manifests.Resource.texts;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** K32, K33: Kafka. */
final class KafkaRules {

    static final List<Rule> RULES = List.of(
            new Rule("K32", "Kafka loses nothing", KafkaRules::losesNothing),
            new Rule(
                    "K33",
                    "Kafka users have exactly the rights of their service",
                    KafkaRules::rightsAreThoseOfTheService));

    private static final String CONFIG = "/spec/kafka/config/";
    private static final Map<String, String> STRICT = Map.ofEntries(
            Map.entry(CONFIG + "default.replication.factor", "3"),
            Map.entry(CONFIG + "min.insync.replicas", "2"),
            Map.entry(CONFIG + "offsets.topic.replication.factor", "3"),
            Map.entry(CONFIG + "transaction.state.log.replication.factor", "3"),
            Map.entry(CONFIG + "transaction.state.log.min.isr", "2"),
            Map.entry(CONFIG + "unclean.leader.election.enable", "false"),
            Map.entry(CONFIG + "auto.create.topics.enable", "false"),
            Map.entry("/spec/kafka/authorization/type", "simple"),
            Map.entry("/spec/kafka/template/podDisruptionBudget/maxUnavailable", "1"));

    private static final Set<String> SIGNED_IN = Set.of("scram-sha-512", "tls");

    private KafkaRules() {}

    private static void losesNothing(Build build, Consumer<String> broken) {
        DatabaseRules.keepsItsData(build, "kafka", "/var/lib/kafka/data", broken);
        if (!build.isOperated()) return;
        brokersKeepTheirDisks(build, broken);
        if (build.of("Kafka").count() != 1) broken.accept("no Kafka, or more than one");
        build.of("Kafka").forEach(kafka -> isStrict(kafka, broken));
        servicesUseTls(build, broken);
        if (retention("retention").plus(retention("segment")).compareTo(rememberedByInbox()) >= 0)
            broken.accept("an inbox forgets a message that Kafka can still deliver");
        var topics = new TreeMap<String, Resource>();
        build.of("KafkaTopic").forEach(topic -> topics.put(topic.name(), topic));
        var wanted = new TreeMap<>(Topics.all());
        if (!topics.keySet().equals(wanted.keySet()))
            broken.accept("topics are " + topics.keySet() + ", services have " + wanted.keySet());
        wanted.keySet().retainAll(topics.keySet());
        wanted.forEach((name, settings) -> isKept(topics.get(name), settings, broken));
    }

    private static void brokersKeepTheirDisks(Build build, Consumer<String> broken) {
        var brokers = build.of("KafkaNodePool")
                .mapToInt(pool -> pool.number("/spec/replicas"))
                .sum();
        if (brokers < 3) broken.accept(brokers + " brokers");
        build.of("KafkaNodePool")
                .filter(pool -> !pool.json().findValues("deleteClaim").stream().allMatch(delete -> !delete.asBoolean())
                        || pool.json().findValues("deleteClaim").isEmpty())
                .forEach(pool -> broken.accept(pool + ": its deletion deletes the disks"));
        build.of("KafkaNodePool")
                .filter(pool -> pool.json().findValuesAsText("type").stream()
                        .anyMatch(type -> !type.equals("persistent-claim") && !type.equals("jbod")))
                .forEach(pool -> broken.accept(pool + ": its disks end with its pods"));
    }

    private static void isStrict(Resource kafka, Consumer<String> broken) {
        STRICT.forEach((pointer, value) -> {
            if (!kafka.text(pointer).equals(value)) broken.accept(kafka + ": " + pointer + " is not " + value);
        });
        each(kafka.at("/spec/kafka/listeners"))
                .filter(listener -> !listener.path("tls").asBoolean()
                        || !listener.path("type").asText().equals("internal")
                        || !SIGNED_IN.contains(
                                listener.at("/authentication/type").asText()))
                .forEach(listener -> broken.accept(
                        kafka + ": open listener " + listener.path("name").asText()));
        if (!kafka.at("/spec/kafka/authorization/superUsers").isEmpty())
            broken.accept(kafka + ": has users whom no list of rights binds");
        if (kafka.at("/spec/kafka/config")
                .path("allow.everyone.if.no.acl.found")
                .asBoolean()) broken.accept(kafka + ": has topics without rights");
        if (sharesNodes(kafka)) broken.accept(kafka + ": two copies may be on one node");
    }

    static boolean sharesNodes(Resource kafka) {
        return each(kafka.at("/spec/kafka/template/pod/topologySpreadConstraints"))
                .noneMatch(spread -> spread.path("topologyKey").asText().equals("kubernetes.io/hostname")
                        && spread.path("whenUnsatisfiable").asText().equals("DoNotSchedule"));
    }

    /** A service that knows a broker speaks to it by TLS and under its own name. */
    private static void servicesUseTls(Build build, Consumer<String> broken) {
        build.pods().stream()
                .filter(Pod::isOurs)
                .forEach(pod -> pod.services().forEach(container -> {
                    var settings = PodSettings.of(build, container);
                    if (settings.get("KAFKA_BOOTSTRAP_SERVERS").isEmpty()) return;
                    for (var name : List.of("", "producer.", "consumer.", "admin.")) {
                        var protocol = settings.get("spring.kafka." + name + "security.protocol");
                        if (!protocol.equals("SASL_SSL") && (name.isEmpty() || !protocol.isEmpty()))
                            broken.accept(pod + ": speaks " + protocol + " with Kafka");
                    }
                    if (!settings.get("spring.kafka.properties.sasl.mechanism").equals("SCRAM-SHA-512"))
                        broken.accept(pod + ": has no user of Kafka");
                    if (!settings.get("platform.messaging.create-topics").equals("false"))
                        broken.accept(pod + ": makes topics of its own");
                }));
    }

    private static void isKept(Resource topic, Settings.Topic wanted, Consumer<String> broken) {
        if (topic.number("/spec/partitions") != wanted.partitions())
            broken.accept(topic + ": has another number of partitions than its service states");
        if (topic.number("/spec/replicas") != 3 || topic.number("/spec/config/min.insync.replicas") != 2)
            broken.accept(topic + ": needs 3 replicas, 2 of them in sync");
        if (topic.text("/spec/config/cleanup.policy").equals("compact") != wanted.compacted())
            broken.accept(topic + ": has the wrong cleanup policy");
        for (var loss : List.of("retention.bytes", "unclean.leader.election.enable")) {
            if (!topic.at("/spec/config").path(loss).asText("false").matches("false|-1"))
                broken.accept(topic + ": " + loss);
        }
        var letters = topic.name().endsWith(Topics.DEAD_LETTERS);
        var kept = retention(letters ? "dead-letter-retention" : "retention");
        var stated = topic.at("/spec/config/retention.ms").asLong();
        if (stated != (wanted.compacted() ? -1 : kept.toMillis()))
            broken.accept(topic + ": is kept for " + stated + " ms");
        if (!wanted.compacted()
                && !letters
                && topic.at("/spec/config/segment.ms").asLong()
                        != retention("segment").toMillis())
            broken.accept(topic + ": its segments live longer than the services state");
    }

    /** The retention times are defaults of every service. */
    private static Duration retention(String name) {
        return Settings.of(Settings.SERVICES.getLast()).duration("platform.messaging." + name);
    }

    /** A constant of the code: the inbox has no settings. */
    private static Duration rememberedByInbox() {
        var days = Settings.first(
                "platform/service/src/main/java/com/flashsale/platform/inbox/InboxCleanup.java",
                "KEPT = Duration.ofDays\\((\\d+)\\)");
        return Duration.ofDays(Long.parseLong(days));
    }

    private static void rightsAreThoseOfTheService(Build build, Consumer<String> broken) {
        if (!build.isOperated()) return;
        for (var service : Settings.SERVICES) {
            var needed = neededRights(Settings.of(service));
            if (needed.isEmpty()) continue;
            var user = build.find("KafkaUser", service);
            var granted = user.map(KafkaRules::grantedRights).orElse(Set.of());
            if (!granted.equals(needed)) broken.accept("%s may %s, needs %s".formatted(service, granted, needed));
            user.ifPresent(found -> groups(found, service, broken));
        }
        build.of("KafkaUser")
                .flatMap(user -> each(user.at("/spec/authorization/acls")))
                .filter(acl -> !Set.of("topic", "group")
                                .contains(acl.at("/resource/type").asText())
                        || !Set.of("Read", "Write", "Describe").containsAll(texts(acl.path("operations")))
                        || !acl.path("type").asText("allow").equals("allow"))
                .forEach(acl -> broken.accept("a user may " + acl));
        build.of("KafkaUser")
                .filter(user -> !user.text("/spec/authentication/type").equals("scram-sha-512"))
                .forEach(user -> broken.accept(user + ": has no password"));
        build.of("KafkaUser")
                .filter(user -> !Settings.SERVICES.contains(user.name()))
                .flatMap(user -> each(user.at("/spec/authorization/acls")))
                .filter(acl -> !Set.of("Describe").containsAll(texts(acl.path("operations"))))
                .forEach(acl -> broken.accept("a user that is no service may " + acl));
    }

    private static Set<String> neededRights(Settings settings) {
        var needed = new TreeSet<String>();
        settings.produces().keySet().forEach(topic -> needed.add("write " + topic));
        settings.consumes().forEach(topic -> {
            needed.add("read " + topic);
            needed.add("write " + topic + Topics.DEAD_LETTERS);
        });
        return needed;
    }

    private static Set<String> grantedRights(Resource user) {
        var granted = new TreeSet<String>();
        each(user.at("/spec/authorization/acls"))
                .filter(acl -> acl.at("/resource/type").asText().equals("topic"))
                .forEach(acl -> {
                    var topic = acl.at("/resource/name").asText();
                    if (!acl.at("/resource/patternType").asText("literal").equals("literal") || topic.contains("*"))
                        granted.add("too much of " + topic);
                    texts(acl.path("operations")).stream()
                            .filter(operation -> !operation.equals("Describe"))
                            .map(operation -> Set.of("Write", "Read").contains(operation)
                                    ? operation.toLowerCase(Locale.ROOT)
                                    : operation)
                            .forEach(operation -> granted.add(operation + " " + topic));
                });
        return granted;
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
}
