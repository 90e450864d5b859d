package com.flashsale.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Builds overlays with the kustomize of kubectl, or kustomize itself, once for each run of the tests. */
final class Overlays {

    static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    static final YAMLMapper YAML = new YAMLMapper();

    private static final int SECONDS = 60;
    private static final Map<String, Build> BUILDS = new ConcurrentHashMap<>();
    private static final Map<String, List<Resource>> SHARED = new ConcurrentHashMap<>();

    private Overlays() {}

    static List<String> names() {
        try (var folders = Files.list(ROOT.resolve("k8s/overlays"))) {
            return folders.map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Build build(String overlay) {
        return BUILDS.computeIfAbsent(
                overlay, name -> new Build(name, parse(render("k8s/overlays/" + name)), shared()));
    }

    private static List<Resource> shared() {
        return SHARED.computeIfAbsent("k8s/cluster", folder -> parse(render(folder)));
    }

    /** The good builds of the other overlays that serve other people: nothing of theirs may be this one's. */
    static Stream<Build> others(Build build) {
        return names().stream()
                .filter(name ->
                        !(build.isProduction() && name.startsWith("production")) && !name.equals(build.overlay()))
                .map(Overlays::build);
    }

    static List<Resource> parse(String yaml) {
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            var resources = new ArrayList<Resource>();
            documents.readAll().stream()
                    .filter(JsonNode::isObject)
                    .map(Resource::new)
                    .forEach(resources::add);
            return List.copyOf(resources);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String render(String folder) {
        var command = new ArrayList<>(kustomize());
        command.add(folder);
        return run(command);
    }

    /**
     * On a machine that decides (CI=true) its absence is a failure; on a laptop the rules over built overlays are not
     * run, and say so.
     */
    private static List<String> kustomize() {
        if (onPath("kubectl").isPresent()) return List.of("kubectl", "kustomize");
        if (onPath("kustomize").isPresent()) return List.of("kustomize", "build");
        var missing = "neither kubectl nor kustomize is on the PATH, so no overlay can be built: see k8s/README.md";
        if ("true".equals(System.getenv("CI"))) throw new IllegalStateException(missing);
        return Assumptions.abort(missing);
    }

    static Optional<Path> onPath(String tool) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static String run(List<String> command) {
        try {
            var errors = Files.createTempFile("manifests", ".err");
            var process = new ProcessBuilder(command)
                    .directory(ROOT.toFile())
                    .redirectError(errors.toFile())
                    .start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(command + " takes more than " + SECONDS + " s");
            }
            var said = Files.readString(errors);
            Files.delete(errors);
            if (process.exitValue() != 0) throw new IllegalStateException(command + ": " + said);
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
