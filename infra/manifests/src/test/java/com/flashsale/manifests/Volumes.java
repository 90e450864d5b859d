package com.flashsale.manifests;

import static com.flashsale.manifests.Resource.each;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The volumes of a pod as folders of this machine, with owners and modes as a kubelet sets them. */
final class Volumes {

    private static final int OWNER_READS = 0644;

    private final Build build;
    private final Pod pod;
    private final Path folder;

    Volumes(Build build, Pod pod, Path folder) {
        this.build = build;
        this.pod = pod;
        this.folder = folder;
    }

    /** As words for {@code docker run}; what a ConfigMap or a Secret holds is written first. */
    List<String> mounts(JsonNode container) throws IOException {
        var words = new ArrayList<String>();
        for (var mount : container.path("volumeMounts")) {
            var name = mount.path("name").asText();
            var path = mount.path("mountPath").asText();
            var volume = each(pod.spec().path("volumes"))
                    .filter(each -> each.path("name").asText().equals(name))
                    .findFirst();
            if (volume.isPresent()
                    && volume.get().at("/emptyDir/medium").asText().equals("Memory")) {
                var size =
                        Quantities.bytes(volume.get().at("/emptyDir/sizeLimit").asText());
                words.addAll(List.of("--tmpfs", path + ":mode=1777,size=" + size));
            } else if (volume.isPresent() && volume.get().has("emptyDir")) {
                words.addAll(List.of("--volume", Files.createDirectories(folder.resolve(name)) + ":" + path));
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

    /**
     * Lines for a shell that may do everything: owners and modes as a kubelet sets them. The folder is seen at
     * {@code /volumes}.
     */
    List<String> owners() {
        var lines = new ArrayList<String>();
        var group = pod.spec().at("/securityContext/fsGroup").asText();
        for (var volume : pod.spec().path("volumes")) {
            var path = "/volumes/" + pod.name() + "/" + volume.path("name").asText();
            if (volume.has("emptyDir")) {
                if (Files.exists(folder.resolve(volume.path("name").asText())))
                    lines.add("chgrp %s %s && chmod 2777 %s".formatted(group, path, path));
                continue;
            }
            var mode = Optional.of(volume.findValues("defaultMode"))
                    .filter(modes -> !modes.isEmpty())
                    .map(modes -> modes.getFirst().asInt())
                    .orElse(OWNER_READS);
            lines.add("chgrp -R %s %s && chmod 0755 %s && chmod %o %s/*".formatted(group, path, path, mode, path));
        }
        each(pod.owner().at("/spec/volumeClaimTemplates"))
                .map(claim -> "/volumes/" + pod.name() + "/"
                        + claim.at("/metadata/name").asText())
                .forEach(path -> lines.add("chgrp %s %s && chmod 2775 %s".formatted(group, path, path)));
        return lines;
    }
}
