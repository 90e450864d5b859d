package com.flashsale.manifests;

import static com.flashsale.manifests.Resource.each;
import static com.flashsale.manifests.Resource.texts;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A pod of a build as one container of a Docker engine: the manifest's image, user, groups, read-only root, capabilities, memory, command,
 * environment and volumes, under the names of the Services that select it. What has no meaning there (priorities, spread, policies) is left out.
 */
final class Played {

    private static final int OWNER_READS = 0644;

    private final Build build;
    private final Pod pod;
    private final Path folder;
    private final JsonNode container;

    /** @param folder for the files of its volumes */
    Played(Build build, Pod pod, Path folder) {
        this.build = build;
        this.pod = pod;
        this.folder = folder;
        var all = pod.containers().toList();
        if (all.size() != 1) throw new IllegalStateException(pod + " has " + all.size() + " containers");
        this.container = all.getFirst();
    }

    String name() {
        return pod.name();
    }

    String image() {
        return container.path("image").asText();
    }

    /** The words after {@code docker run}. */
    List<String> words(String network, String project) throws IOException {
        var context = pod.spec().path("securityContext");
        var words = new ArrayList<String>(List.of(
                "--name", project + "-" + name(), "--hostname", name(), "--network", network, "--label", project));
        aliases().forEach(alias -> words.addAll(List.of("--network-alias", alias)));
        words.addAll(List.of(
                "--user",
                context.path("runAsUser").asText() + ":"
                        + context.path("runAsGroup").asText(),
                "--group-add",
                context.path("fsGroup").asText(),
                "--memory",
                Long.toString(Bytes.of(container.at("/resources/limits/memory").asText()))));
        var own = container.path("securityContext");
        if (own.path("readOnlyRootFilesystem").asBoolean()) words.add("--read-only");
        if (!own.path("allowPrivilegeEscalation").asBoolean(true))
            words.addAll(List.of("--security-opt", "no-new-privileges"));
        texts(own.at("/capabilities/drop")).forEach(capability -> words.addAll(List.of("--cap-drop", capability)));
        environment().forEach((key, value) -> words.addAll(List.of("--env", key + "=" + value)));
        words.addAll(mounts());
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

    /** A Service that leads to another port than its pod's has no meaning on a plain network. */
    private List<String> aliases() {
        return build.of("Service")
                .filter(service -> pod.matches(Resource.map(service.at("/spec/selector"))))
                .peek(service -> each(service.at("/spec/ports")).forEach(this::requireSame))
                .map(Resource::name)
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

    private List<String> mounts() throws IOException {
        var words = new ArrayList<String>();
        for (var mount : container.path("volumeMounts")) {
            var name = mount.path("name").asText();
            var path = mount.path("mountPath").asText();
            var volume = each(pod.spec().path("volumes"))
                    .filter(each -> each.path("name").asText().equals(name))
                    .findFirst();
            if (volume.isPresent() && volume.get().has("emptyDir")) {
                var size = Bytes.of(volume.get().at("/emptyDir/sizeLimit").asText());
                words.addAll(List.of("--tmpfs", path + ":exec,mode=1777,size=" + size));
            } else if (volume.isPresent()) {
                var from = files(volume.get()).resolve(mount.path("subPath").asText());
                words.addAll(List.of("--volume", from + ":" + path + ":ro"));
            } else {
                words.addAll(List.of("--volume", Files.createDirectories(folder.resolve(name)) + ":" + path));
            }
        }
        return words;
    }

    /** Writes what a ConfigMap, a Secret or several of them hold, once. */
    private Path files(JsonNode volume) throws IOException {
        var into = folder.resolve(volume.path("name").asText());
        if (Files.exists(into)) return into;
        Files.createDirectories(into);
        var sources = volume.has("projected")
                ? volume.at("/projected/sources")
                : Overlays.YAML.createArrayNode().add(volume);
        for (var source : sources) {
            var secret = source.path("secret");
            var known = secret.isMissingNode() ? mapOf(source.path("configMap")) : secretOf(secret);
            var items = new HashMap<String, String>();
            var reference = secret.isMissingNode() ? source.path("configMap") : secret;
            reference
                    .path("items")
                    .forEach(item -> items.put(
                            item.path("key").asText(), item.path("path").asText()));
            for (var entry : known.entrySet()) {
                if (!items.isEmpty() && !items.containsKey(entry.getKey())) continue;
                Files.writeString(into.resolve(items.getOrDefault(entry.getKey(), entry.getKey())), entry.getValue());
            }
        }
        return into;
    }

    private Map<String, String> mapOf(JsonNode reference) {
        return Resource.map(build.find("ConfigMap", reference.path("name").asText())
                .orElseThrow()
                .at("/data"));
    }

    private static Map<String, String> secretOf(JsonNode reference) {
        var name = reference.path("secretName").asText(reference.path("name").asText());
        return LocalSecrets.all().stream()
                .filter(secret -> secret.name().equals(name))
                .findFirst()
                .map(secret -> Resource.map(secret.at("/stringData")))
                .orElseThrow(() -> new IllegalStateException("no Secret " + name));
    }

    /** Lines for a shell that may do everything: owners and modes as a kubelet sets them. The folder is seen at {@code /volumes}. */
    List<String> owners() {
        var lines = new ArrayList<String>();
        var group = pod.spec().at("/securityContext/fsGroup").asText();
        for (var volume : pod.spec().path("volumes")) {
            if (volume.has("emptyDir")) continue;
            var path = "/volumes/" + name() + "/" + volume.path("name").asText();
            var mode = Optional.of(volume.findValues("defaultMode"))
                    .filter(modes -> !modes.isEmpty())
                    .map(modes -> modes.getFirst().asInt())
                    .orElse(OWNER_READS);
            lines.add("chgrp -R %s %s && chmod 0755 %s && chmod %o %s/*".formatted(group, path, path, mode, path));
        }
        each(pod.owner().at("/spec/volumeClaimTemplates"))
                .map(claim ->
                        "/volumes/" + name() + "/" + claim.at("/metadata/name").asText())
                .forEach(path -> lines.add("chgrp %s %s && chmod 2775 %s".formatted(group, path, path)));
        return lines;
    }

    /** What asks whether it is ready, to be run inside; none where the manifest does not ask. */
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
