package com.flashsale.manifests;

import static com.flashsale.manifests.Resource.each;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** K28, K29: every named object exists, and no secret is in git. */
final class ReferenceRules {

    static final List<Rule> RULES = List.of(
            new Rule("K28", "each referenced object exists", ReferenceRules::resolve),
            new Rule("K29", "no secret is in git or in an environment", ReferenceRules::keepSecrets));

    /** Groups that each API server has. */
    private static final Set<String> BUILT_IN = Set.of(
            "",
            "apps",
            "batch",
            "policy",
            "networking.k8s.io",
            "autoscaling",
            "scheduling.k8s.io",
            "rbac.authorization.k8s.io");

    private ReferenceRules() {}

    private static void resolve(Build build, Consumer<String> broken) {
        var secrets = secrets(build);
        UnusedRules.look(build, broken);
        build.resources().stream()
                .filter(resource -> resource.json().at("/metadata").has("namespace") && !build.isHere(resource))
                .forEach(resource -> broken.accept(resource + ": lands in another namespace"));
        build.pods().stream().filter(Pod::isOurs).forEach(pod -> resolve(build, secrets, pod, broken));
        build.of("ConfigMap")
                .filter(map -> !map.name().matches(".*-[a-z0-9]{10}"))
                .forEach(map -> broken.accept(map + ": has no hash in its name, so a change restarts no pod"));
        build.clusters().forEach(cluster -> {
            var names = Stream.concat(
                    Stream.of(cluster.text("/spec/bootstrap/initdb/secret/name"))
                            .filter(name -> !name.isEmpty()),
                    names(cluster.at("/spec/managed").findValues("passwordSecret").stream()));
            haveSecrets(cluster, names, secrets, broken);
            usersOfRoles(build, cluster, broken);
            each(cluster.at("/spec/monitoring/customQueriesConfigMap"))
                    .filter(map -> {
                        var keys = keys(build, map.path("name").asText());
                        return keys == null || !keys.contains(map.path("key").asText());
                    })
                    .forEach(map -> broken.accept(cluster + ": no queries " + map));
        });
        if (!build.isOperated())
            build.resources().stream()
                    .filter(resource -> !BUILT_IN.contains(resource.group()))
                    .forEach(resource -> broken.accept(resource + ": needs an operator that a small cluster has not"));
        build.of("TriggerAuthentication").forEach(authentication -> {
            haveSecrets(authentication, names(each(authentication.at("/spec/secretTargetRef"))), secrets, broken);
            names(each(authentication.at("/spec/configMapTargetRef")))
                    .filter(name -> keys(build, name) == null)
                    .forEach(name -> broken.accept(authentication + ": no ConfigMap " + name));
        });
    }

    private static void usersOfRoles(Build build, Resource cluster, Consumer<String> broken) {
        var owner = Stream.of(cluster.at("/spec/bootstrap/initdb"))
                .filter(initdb -> initdb.has("secret"))
                .map(initdb -> List.of(
                        initdb.at("/secret/name").asText(), initdb.path("owner").asText()));
        var roles = each(cluster.at("/spec/managed/roles"))
                .map(role -> List.of(
                        role.at("/passwordSecret/name").asText(),
                        role.path("name").asText()));
        Stream.concat(owner, roles)
                .filter(pair -> !DatabaseRules.hasUser(build, pair.getFirst(), pair.getLast()))
                .forEach(pair -> broken.accept(
                        cluster + ": Secret " + pair.getFirst() + " is of another user than " + pair.getLast()));
    }

    private static Stream<String> names(Stream<JsonNode> references) {
        return references.map(reference -> reference.path("name").asText());
    }

    private static void haveSecrets(
            Resource owner, Stream<String> names, Map<String, Set<String>> secrets, Consumer<String> broken) {
        names.filter(name -> !secrets.containsKey(name)).forEach(name -> broken.accept(owner + ": no Secret " + name));
    }

    private static void resolve(Build build, Map<String, Set<String>> secrets, Pod pod, Consumer<String> broken) {
        if (!build.has("ServiceAccount", pod.spec().path("serviceAccountName").asText()))
            broken.accept(pod + ": no such account");
        wanted(pod.spec()).forEach(want -> {
            var known = want.kind().equals("Secret") ? secrets.get(want.name()) : keys(build, want.name());
            if (known == null) broken.accept("%s: there is no %s %s".formatted(pod, want.kind(), want.name()));
            else if (!want.key().isEmpty() && !known.contains(want.key()))
                broken.accept("%s: %s %s has no %s".formatted(pod, want.kind(), want.name(), want.key()));
        });
        claims(pod)
                .filter(claim -> !build.has("PersistentVolumeClaim", claim))
                .forEach(claim -> broken.accept(pod + ": no claim " + claim));
        pod.containers()
                .flatMap(container -> each(container.path("volumeMounts")))
                .map(mount -> mount.path("name").asText())
                .filter(mount -> !volumes(pod).contains(mount))
                .forEach(mount -> broken.accept(pod + ": mounts " + mount + ", which is no volume"));
    }

    /** A ConfigMap or Secret that a pod uses; key "" where the pod takes all keys. */
    private record Want(String kind, String name, String key) {}

    private static Stream<Want> wanted(JsonNode spec) {
        var wants = Stream.<Want>builder();
        spec.findValues("configMapKeyRef")
                .forEach(ref -> wants.add(new Want(
                        "ConfigMap", ref.path("name").asText(), ref.path("key").asText())));
        spec.findValues("secretKeyRef")
                .forEach(ref -> wants.add(new Want(
                        "Secret", ref.path("name").asText(), ref.path("key").asText())));
        for (var volume : spec.path("volumes")) {
            sources(volume).forEach(source -> {
                var kind = source.has("secret") ? "Secret" : "ConfigMap";
                var ref = source.has("secret") ? source.path("secret") : source.path("configMap");
                var name = ref.path("secretName").asText(ref.path("name").asText());
                if (ref.path("items").isEmpty()) wants.add(new Want(kind, name, ""));
                each(ref.path("items"))
                        .forEach(item ->
                                wants.add(new Want(kind, name, item.path("key").asText())));
            });
        }
        return wants.build();
    }

    private static Stream<JsonNode> sources(JsonNode volume) {
        return Stream.concat(Stream.of(volume), each(volume.at("/projected/sources")))
                .filter(source -> source.has("secret") || source.has("configMap"));
    }

    private static Stream<String> claims(Pod pod) {
        return pod.spec().findValues("persistentVolumeClaim").stream()
                .map(claim -> claim.path("claimName").asText());
    }

    private static Set<String> volumes(Pod pod) {
        var names = new HashSet<String>();
        each(pod.spec().path("volumes"))
                .forEach(volume -> names.add(volume.path("name").asText()));
        each(pod.owner().at("/spec/volumeClaimTemplates"))
                .forEach(claim -> names.add(claim.at("/metadata/name").asText()));
        return names;
    }

    private static @Nullable Set<String> keys(Build build, String configMap) {
        return build.find("ConfigMap", configMap)
                .map(map -> Resource.map(map.at("/data")).keySet())
                .orElse(null);
    }

    /** Name -> keys of each Secret from the vault, from an operator, or from the overlay's script. */
    private static Map<String, Set<String>> secrets(Build build) {
        var secrets = new HashMap<String, Set<String>>();
        build.of("ExternalSecret").forEach(external -> {
            var keys = external.at("/spec/data").findValues("secretKey").stream()
                    .map(JsonNode::asText)
                    .collect(Collectors.toCollection(HashSet::new));
            keys.addAll(Resource.map(external.at("/spec/target/template/data")).keySet());
            secrets.put(external.text("/spec/target/name"), keys);
        });
        build.of("Certificate")
                .forEach(certificate ->
                        secrets.put(certificate.text("/spec/secretName"), Set.of("tls.crt", "tls.key", "ca.crt")));
        build.clusters().forEach(cluster -> secrets.put(cluster.name() + "-ca", Set.of("ca.crt", "ca.key")));
        build.of("Kafka").forEach(kafka -> {
            secrets.put(kafka.name() + "-cluster-ca-cert", Set.of("ca.crt", "ca.p12", "ca.password"));
            var prefix = kafka.text("/spec/entityOperator/userOperator/secretPrefix");
            build.of("KafkaUser")
                    .forEach(user -> secrets.put(prefix + user.name(), Set.of("password", "sasl.jaas.config")));
        });
        if (!build.isOperated())
            LocalSecrets.all()
                    .forEach(secret -> secrets.put(
                            secret.name(),
                            Resource.map(secret.at("/stringData")).keySet()));
        return secrets;
    }

    private static void keepSecrets(Build build, Consumer<String> broken) {
        build.of("Secret").forEach(secret -> broken.accept(secret + ": is in git"));
        build.of("ConfigMap")
                .filter(map -> map.json().has("binaryData"))
                .forEach(map -> broken.accept(map + ": has data that no person can read"));
        build.resources()
                .forEach(resource -> SecretValues.in(resource.json())
                        .forEach(place -> broken.accept(resource + ": " + place + " is readable in clear text")));
        build.pods().stream()
                .filter(Pod::isOurs)
                .forEach(pod -> pod.containers()
                        .flatMap(container -> Stream.of(
                                        container.path("env").findValues("secretKeyRef"),
                                        container.path("envFrom").findValues("secretRef"))
                                .flatMap(List::stream))
                        .forEach(secret ->
                                broken.accept(pod + ": " + secret.path("name").asText() + " in its environment")));
        var theirs = Overlays.others(build).flatMap(ReferenceRules::entries).collect(Collectors.toSet());
        entries(build)
                .filter(theirs::contains)
                .distinct()
                .forEach(entry -> broken.accept("another overlay has the secret " + entry + " too"));
    }

    /** The vault's entries of a build: a reader of the rehearsal's must not have the shop's. */
    private static Stream<String> entries(Build build) {
        return build.of("ExternalSecret")
                .flatMap(external -> each(external.at("/spec/data"))
                        .map(data -> external.text("/spec/secretStoreRef/name") + " "
                                + data.at("/remoteRef/key").asText()));
    }
}
