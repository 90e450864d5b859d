package com.flashsale.manifests;

import static com.flashsale.manifests.Resource.each;
import static com.flashsale.manifests.Resource.texts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
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

    private static void unprivilegedUsers(Build build, Consumer<String> broken) {
        ours(build).forEach(pod -> {
            var context = pod.spec().path("securityContext");
            for (var id : List.of("runAsUser", "runAsGroup")) {
                if (context.path(id).asInt() < FIRST_USER) broken.accept(pod + ": " + id);
            }
            if (!context.has("fsGroup")) broken.accept(pod + ": fsGroup");
            if (!context.path("runAsNonRoot").asBoolean()) broken.accept(pod + ": runAsNonRoot");
            pod.containers().forEach(container -> {
                var own = container.path("securityContext");
                if (!own.path("runAsNonRoot").asBoolean()) broken.accept(pod + ": runAsNonRoot of its container");
                if (own.has("runAsUser") && own.path("runAsUser").asInt() < FIRST_USER)
                    broken.accept(pod + ": runAsUser");
            });
        });
    }

    private static void noPrivileges(Build build, Consumer<String> broken) {
        ours(build)
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
        ours(build)
                .filter(pod -> !pod.spec()
                        .at("/securityContext/seccompProfile/type")
                        .asText()
                        .equals("RuntimeDefault"))
                .forEach(pod -> broken.accept(pod + ": no seccomp profile"));
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
            for (var share : List.of("hostNetwork", "hostPID", "hostIPC")) {
                if (pod.spec().path(share).asBoolean()) broken.accept(pod + ": " + share);
            }
            each(pod.spec().path("volumes"))
                    .filter(volume -> volume.has("hostPath"))
                    .forEach(_ -> broken.accept(pod + ": hostPath"));
            pod.containers().forEach(container -> {
                if (container.at("/securityContext/privileged").asBoolean()) broken.accept(pod + ": privileged");
                if (!container.findValues("hostPort").isEmpty()) broken.accept(pod + ": hostPort");
            });
        });
    }

    private static void noAccessToTheApi(Build build, Consumer<String> broken) {
        ours(build).forEach(pod -> {
            if (pod.spec().path("automountServiceAccountToken").asBoolean(true))
                broken.accept(pod + ": mounts an API token");
            var account = pod.spec().path("serviceAccountName").asText("default");
            var shared = account.equals("migration") && pod.owner().kind().equals("Job");
            if (!account.equals(pod.owner().name()) && !shared) broken.accept(pod + ": runs as " + account);
        });
        build.of("ServiceAccount")
                .filter(account ->
                        account.json().path("automountServiceAccountToken").asBoolean(true))
                .forEach(account -> broken.accept(account + ": mounts an API token"));
        build.of("Role", "ClusterRole")
                .filter(role -> role.at("/rules").findValues("verbs").stream()
                        .anyMatch(verbs -> texts(verbs).contains("*")))
                .forEach(role -> broken.accept(role + ": grants all verbs"));
    }

    private static void imagesArePinned(Build build, Consumer<String> broken) {
        ours(build)
                .forEach(pod -> pod.containers().forEach(container -> {
                    var image = Image.of(container);
                    var pinned = DIGEST.matcher(image.digest()).matches();
                    if (build.isProduction() && !pinned) broken.accept(pod + ": image without a digest");
                    if (!pinned && Set.of("", "latest").contains(image.tag()))
                        broken.accept(pod + ": image without a version");
                    if (pinned && container.path("imagePullPolicy").asText().equals("Always")) {
                        broken.accept(pod + ": pulls an image that cannot have changed");
                    }
                }));
    }

    private static void sizesAreStated(Build build, Consumer<String> broken) {
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
}
