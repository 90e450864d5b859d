package com.flashsale.manifests;

import static com.flashsale.manifests.Resource.each;
import static com.flashsale.manifests.Resource.texts;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A pod of a build as one container of a Docker engine. It has the manifest's image, user, groups, read-only root,
 * capabilities, memory, command, environment and volumes, and the names of the Services that select it. Settings
 * without a meaning there (priorities, spread, policies, sizes of disks) are left out.
 */
final class DockerPod {

    private final Build build;
    private final Pod pod;
    private final Volumes volumes;
    private final JsonNode container;
    private final List<Build> named;

    /** @param folder for the files of its volumes */
    DockerPod(Build build, Pod pod, Path folder) {
        this(build, pod, folder, List.of(build));
    }

    /** @param named the builds whose Services name the pod */
    DockerPod(Build build, Pod pod, Path folder, List<Build> named) {
        this.build = build;
        this.named = named;
        this.pod = pod;
        var all = pod.containers().toList();
        if (all.size() != 1) throw new IllegalStateException(pod + " has " + all.size() + " containers");
        this.container = all.getFirst();
        this.volumes = new Volumes(build, pod, folder);
    }

    String name() {
        return pod.name();
    }

    String image() {
        return container.path("image").asText();
    }

    /** The words after {@code docker run}. A container in the network of another has no name of its own there. */
    List<String> words(String network, String project) throws IOException {
        var context = pod.spec().path("securityContext");
        var words = new ArrayList<String>(
                List.of("--name", project + "-" + name(), "--network", network, "--label", project));
        if (!network.startsWith("container:")) {
            words.addAll(List.of("--hostname", name()));
            aliases().forEach(alias -> words.addAll(List.of("--network-alias", alias)));
        }
        words.addAll(List.of(
                "--user",
                context.path("runAsUser").asText() + ":"
                        + context.path("runAsGroup").asText(),
                "--group-add",
                context.path("fsGroup").asText(),
                "--memory",
                Long.toString(Quantities.bytes(
                        container.at("/resources/limits/memory").asText()))));
        var own = container.path("securityContext");
        if (own.path("readOnlyRootFilesystem").asBoolean()) words.add("--read-only");
        if (!own.path("allowPrivilegeEscalation").asBoolean(true))
            words.addAll(List.of("--security-opt", "no-new-privileges"));
        texts(own.at("/capabilities/drop")).forEach(capability -> words.addAll(List.of("--cap-drop", capability)));
        environment().forEach((key, value) -> words.addAll(List.of("--env", key + "=" + value)));
        words.addAll(volumes.mounts(container));
        var command = texts(container.path("command"));
        if (!command.isEmpty()) words.addAll(List.of("--entrypoint", command.getFirst()));
        return words;
    }

    /** The words after the image. */
    List<String> arguments() {
        var command = texts(container.path("command"));
        var arguments = new ArrayList<>(command.isEmpty() ? command : command.subList(1, command.size()));
        arguments.addAll(texts(container.path("args")));
        return arguments;
    }

    /** Names of the Services that select the pod; on a plain network their port must be the pod's. */
    private List<String> aliases() {
        return named.stream()
                .flatMap(one -> one.of("Service"))
                .filter(service -> pod.matches(Resource.map(service.at("/spec/selector"))))
                .peek(service -> each(service.at("/spec/ports")).forEach(this::requireSame))
                .map(Resource::name)
                .distinct()
                .toList();
    }

    private void requireSame(JsonNode port) {
        if (port.path("port").asInt() != port(port.path("targetPort")))
            throw new IllegalStateException(pod + ": its Service has another port");
    }

    private int port(JsonNode named) {
        if (named.isInt()) return named.asInt();
        return each(container.path("ports"))
                .filter(port -> port.path("name").asText().equals(named.asText()))
                .findFirst()
                .orElseThrow()
                .path("containerPort")
                .asInt();
    }

    private Map<String, String> environment() {
        var known = new LinkedHashMap<String, String>();
        each(container.path("env")).forEach(variable -> {
            var value = valueOf(variable);
            for (var other : known.entrySet()) value = value.replace("$(" + other.getKey() + ")", other.getValue());
            known.put(variable.path("name").asText(), value);
        });
        return known;
    }

    private String valueOf(JsonNode variable) {
        var from = variable.path("valueFrom");
        if (from.isMissingNode()) return variable.path("value").asText();
        var reference = from.path("configMapKeyRef");
        if (!reference.isMissingNode()) {
            return data(reference.path("name").asText(), reference.path("key").asText());
        }
        // its own name and its own address are the same word here
        if (from.has("fieldRef")) return name();
        throw new IllegalStateException(pod + ": " + variable);
    }

    private String data(String map, String key) {
        return build.find("ConfigMap", map).orElseThrow().at("/data").path(key).asText();
    }

    /**
     * Lines for a root shell that set owners and modes as a kubelet does. The folder is mounted at {@code /volumes}.
     */
    List<String> owners() {
        return volumes.owners();
    }

    /** The readiness command, to be run in the container; empty where the manifest has no probe. */
    List<String> readiness() {
        var probe = container.path("readinessProbe");
        if (probe.isMissingNode()) return List.of();
        if (probe.has("exec")) return texts(probe.at("/exec/command"));
        var http = probe.path("httpGet");
        var port = port((http.isMissingNode() ? probe.path("tcpSocket") : http).path("port"));
        var connect = "exec 3<>/dev/tcp/127.0.0.1/" + port;
        if (http.isMissingNode()) return List.of("/bin/bash", "-c", connect);
        var ask = "; printf 'GET %s HTTP/1.0\\r\\n\\r\\n' >&3; read -r -t 2 _ status _ <&3; [ \"$status\" = 200 ]"
                .formatted(http.path("path").asText());
        return List.of("/bin/bash", "-c", connect + ask);
    }
}
