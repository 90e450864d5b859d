package com.flashsale.manifests;

import static com.flashsale.manifests.Resource.each;
import static com.flashsale.manifests.Resource.texts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** K4 to K12: what a pod may do, what it is made of, what it gets. */
final class PodRules {

    static final List<Rule> RULES = List.of(
            new Rule("K4", "the namespace is restricted", PodRules::namespaceIsRestricted),
            new Rule("K5", "pods run as unprivileged users", PodRules::unprivilegedUsers),
            new Rule("K6", "pods have no privileges", PodRules::noPrivileges),
            new Rule("K7", "pods have a seccomp profile", PodRules::seccomp),
            new Rule("K8", "pods cannot write on their image", PodRules::readOnlyRoot),
            new Rule("K9", "pods use nothing of their node", PodRules::noAccessToTheNode),
            new Rule("K10", "pods have no API token and an account each", PodRules::noAccessToTheApi),
            new Rule("K11", "images are pinned", PodRules::imagesArePinned),
            new Rule("K12", "sizes are stated", PodRules::sizesAreStated));

    private static final int FIRST_USER = 10_000;
    private static final long LEAST_DISK = 1L << 30;
    private static final Set<String> VOLUMES =
            Set.of("name", "emptyDir", "configMap", "secret", "projected", "persistentVolumeClaim", "downwardAPI");
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    private PodRules() {}

    private static void namespaceIsRestricted(Build build, Consumer<String> broken) {
        if (build.of("Namespace").count() != 1) broken.accept("a build must have exactly one Namespace");
        build.of("Namespace").forEach(namespace -> {
            for (var mode : List.of("enforce", "audit", "warn")) {
                var label = "pod-security.kubernetes.io/" + mode;
                if (!"restricted".equals(namespace.labels().get(label))) broken.accept(namespace + ": " + mode);
                if (!namespace.labels().getOrDefault(label + "-version", "").matches("v1\\.\\d+")) {
                    broken.accept(namespace + ": " + mode + " has no pinned version");
                }
            }
        });
    }

    private static Stream<Pod> ours(Build build) {
        return build.pods().stream().filter(Pod::isOurs);
    }

    /** Pods that we write, and those that operators make from our resources. */
    private static Stream<Pod> all(Build build) {
        return Stream.concat(ours(build), OperatedPods.of(build).stream());
    }

    private static void unprivilegedUsers(Build build, Consumer<String> broken) {
        all(build).forEach(pod -> {
            var context = pod.spec().path("securityContext");
            for (var id : List.of("runAsUser", "runAsGroup", "fsGroup")) {
                if (context.path(id).asInt() < FIRST_USER) broken.accept(pod + ": " + id);
            }
            if (each(context.path("supplementalGroups")).anyMatch(group -> group.asInt() < FIRST_USER))
                broken.accept(pod + ": supplementalGroups");
            if (!context.path("runAsNonRoot").asBoolean()) broken.accept(pod + ": runAsNonRoot");
            pod.containers().forEach(container -> {
                var own = container.path("securityContext");
                if (!own.path("runAsNonRoot").asBoolean()) broken.accept(pod + ": runAsNonRoot of its container");
                for (var id : List.of("runAsUser", "runAsGroup")) {
                    if (own.has(id) && own.path(id).asInt() < FIRST_USER)
                        broken.accept(pod + ": " + id + " of its container");
                }
            });
        });
    }

    private static void noPrivileges(Build build, Consumer<String> broken) {
        all(build)
                .forEach(pod -> pod.containers().forEach(container -> {
                    var context = container.path("securityContext");
                    if (context.path("allowPrivilegeEscalation").asBoolean(true))
                        broken.accept(pod + ": may gain privileges");
                    if (!texts(context.at("/capabilities/drop")).contains("ALL"))
                        broken.accept(pod + ": keeps capabilities");
                    if (!context.at("/capabilities/add").isEmpty()) broken.accept(pod + ": adds capabilities");
                }));
    }

    private static void seccomp(Build build, Consumer<String> broken) {
        all(build).forEach(pod -> {
            if (!profile(pod.spec()).equals("RuntimeDefault")) broken.accept(pod + ": no seccomp profile");
            pod.containers()
                    .filter(container -> container.at("/securityContext").has("seccompProfile"))
                    .filter(container -> !profile(container).equals("RuntimeDefault"))
                    .forEach(_ -> broken.accept(pod + ": a container with another seccomp profile"));
        });
    }

    private static String profile(JsonNode owner) {
        return owner.at("/securityContext/seccompProfile/type").asText();
    }

    private static void readOnlyRoot(Build build, Consumer<String> broken) {
        ours(build).forEach(pod -> {
            pod.containers().forEach(container -> {
                if (!container.at("/securityContext/readOnlyRootFilesystem").asBoolean()) {
                    broken.accept(pod + ": can write on its image");
                }
                if (each(container.path("volumeMounts"))
                        .noneMatch(mount -> mount.path("mountPath").asText().equals("/tmp"))) {
                    broken.accept(pod + ": has no /tmp");
                }
            });
            each(pod.spec().path("volumes"))
                    .filter(volume ->
                            volume.has("emptyDir") && !volume.at("/emptyDir").has("sizeLimit"))
                    .forEach(volume -> broken.accept(
                            pod + ": no limit for " + volume.path("name").asText()));
        });
    }

    private static void noAccessToTheNode(Build build, Consumer<String> broken) {
        ours(build).forEach(pod -> {
            for (var share : List.of("hostNetwork", "hostPID", "hostIPC", "shareProcessNamespace")) {
                if (pod.spec().path(share).asBoolean()) broken.accept(pod + ": " + share);
            }
            if (!pod.spec().path("dnsPolicy").asText("ClusterFirst").equals("ClusterFirst"))
                broken.accept(pod + ": dnsPolicy");
            for (var name : List.of("nodeName", "hostAliases", "runtimeClassName", "dnsConfig")) {
                if (pod.spec().has(name)) broken.accept(pod + ": " + name);
            }
            each(pod.spec().path("volumes"))
                    .flatMap(volume -> volume.properties().stream())
                    .map(Map.Entry::getKey)
                    .filter(kind -> !VOLUMES.contains(kind))
                    .forEach(kind -> broken.accept(pod + ": " + kind));
            Stream.concat(Stream.of(pod.spec()), pod.containers())
                    .map(owner -> owner.path("securityContext"))
                    .forEach(context -> sharesTheKernel(pod, context, broken));
            pod.containers().forEach(container -> {
                if (!container.findValues("hostPort").isEmpty()) broken.accept(pod + ": hostPort");
                if (container.has("volumeDevices")) broken.accept(pod + ": volumeDevices");
            });
            Build.template(pod.owner()).at("/metadata/annotations").properties().stream()
                    .filter(annotation -> annotation.getKey().contains("apparmor.security")
                            && annotation.getValue().asText().equals("unconfined"))
                    .forEach(annotation -> broken.accept(pod + ": " + annotation.getKey()));
        });
    }

    /** Settings by which a process sees or changes more of its node than its own files and processes. */
    private static void sharesTheKernel(Pod pod, JsonNode context, Consumer<String> broken) {
        if (context.path("privileged").asBoolean()) broken.accept(pod + ": privileged");
        if (!context.path("procMount").asText("Default").equals("Default")) broken.accept(pod + ": procMount");
        if (!context.path("sysctls").isEmpty()) broken.accept(pod + ": sysctls");
        if (context.has("windowsOptions")) broken.accept(pod + ": windowsOptions");
        if (context.at("/seLinuxOptions").has("type")
                || context.at("/seLinuxOptions").has("user")) broken.accept(pod + ": seLinuxOptions");
        if (context.at("/appArmorProfile/type").asText().equals("Unconfined")) broken.accept(pod + ": appArmorProfile");
    }

    private static void noAccessToTheApi(Build build, Consumer<String> broken) {
        ours(build).forEach(pod -> {
            if (pod.spec().path("automountServiceAccountToken").asBoolean(true))
                broken.accept(pod + ": mounts an API token");
            if (!pod.spec().findValues("serviceAccountToken").isEmpty())
                broken.accept(pod + ": mounts an API token by projection");
            var account = pod.spec().path("serviceAccountName").asText("default");
            if (!pod.spec().path("serviceAccount").asText(account).equals(account))
                broken.accept(pod + ": names two accounts");
            var shared = account.equals("migration") && pod.owner().kind().equals("Job");
            if (!account.equals(pod.owner().name()) && !shared) broken.accept(pod + ": runs as " + account);
        });
        build.of("ServiceAccount")
                .filter(account ->
                        account.json().path("automountServiceAccountToken").asBoolean(true))
                .forEach(account -> broken.accept(account + ": mounts an API token"));
        // no process of the platform asks the API server anything
        build.of("Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding")
                .forEach(role -> broken.accept(role + ": gives rights at the API"));
    }

    private static void imagesArePinned(Build build, Consumer<String> broken) {
        ours(build)
                .forEach(pod -> pod.containers().forEach(container -> {
                    var image = Image.of(container);
                    var pinned = isPinned(image, build, pod, broken);
                    if (pinned && container.path("imagePullPolicy").asText().equals("Always")) {
                        broken.accept(pod + ": pulls an image that cannot have changed");
                    }
                }));
        build.of("Cluster", "Kafka").forEach(engine -> images(build, engine, broken));
    }

    private static boolean isPinned(Image image, Build build, Object owner, Consumer<String> broken) {
        var pinned = DIGEST.matcher(image.digest()).matches();
        if (build.isOperated() && !pinned) broken.accept(owner + ": image without a digest");
        if (!pinned && Set.of("", "latest").contains(image.tag())) broken.accept(owner + ": image without a version");
        if (!Image.repositories(build).contains(image.name()))
            broken.accept(owner + ": image of another repository: " + image.name());
        return pinned;
    }

    /** An operator would choose an image of its own where the resource names none. */
    private static void images(Build build, Resource engine, Consumer<String> broken) {
        var fields = engine.kind().equals("Cluster")
                ? List.of("/spec/imageName")
                : List.of(
                        "/spec/kafka/image",
                        "/spec/kafka/brokerRackInitImage",
                        "/spec/entityOperator/topicOperator/image",
                        "/spec/entityOperator/userOperator/image",
                        "/spec/kafkaExporter/image");
        for (var field : fields) {
            if (engine.at(field.substring(0, field.lastIndexOf('/'))).isMissingNode()) continue;
            isPinned(Image.parse(engine.text(field)), build, engine + " " + field, broken);
        }
        // CloudNativePG reads the version of PostgreSQL from the tag
        if (engine.kind().equals("Cluster")
                && !Image.parse(engine.text("/spec/imageName")).tag().matches("\\d+\\b.*"))
            broken.accept(engine + ": its image does not say its version");
        if (engine.at("/spec").has("imageCatalogRef")) broken.accept(engine + ": takes its image from a catalog");
    }

    private static void sizesAreStated(Build build, Consumer<String> broken) {
        build.of("Cluster", "Kafka", "KafkaNodePool").forEach(engine -> sizes(engine, broken));
        ours(build)
                .forEach(pod -> pod.containers().forEach(container -> {
                    JsonNode requests = container.at("/resources/requests");
                    JsonNode limits = container.at("/resources/limits");
                    for (var what : List.of("cpu", "memory", "ephemeral-storage")) {
                        if (!requests.has(what)) broken.accept(pod + ": requests no " + what);
                    }
                    if (!limits.path("memory").equals(requests.path("memory")))
                        broken.accept(pod + ": memory limit is not its request");
                    if (!limits.has("ephemeral-storage")) broken.accept(pod + ": no limit of ephemeral-storage");
                    if (limits.has("cpu")) broken.accept(pod + ": has a CPU limit, and its request is enough");
                }));
    }

    /** Operators copy these sizes to containers that write more than the namespace's default of a disk. */
    private static void sizes(Resource engine, Consumer<String> broken) {
        var owners = switch (engine.kind()) {
            case "Kafka" ->
                List.of(
                        "/spec/entityOperator/topicOperator",
                        "/spec/entityOperator/userOperator",
                        "/spec/kafkaExporter");
            default -> List.of("/spec");
        };
        for (var owner : owners) {
            if (engine.at(owner).isMissingNode()) continue;
            JsonNode resources = engine.at(owner + "/resources");
            for (var what : List.of("cpu", "memory", "ephemeral-storage")) {
                if (!resources.path("requests").has(what)) broken.accept(engine + owner + ": requests no " + what);
            }
            if (!resources.at("/limits/memory").equals(resources.at("/requests/memory")))
                broken.accept(engine + owner + ": memory limit is not its request");
            if (!engine.kind().equals("Kafka")
                    && Quantities.bytes(
                                    resources.at("/limits/ephemeral-storage").asText("0"))
                            < LEAST_DISK)
                broken.accept(engine + ": less than 1Gi of ephemeral-storage for its manager and its logs");
        }
    }
}
