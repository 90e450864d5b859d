package com.flashsale.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code infra/images/publish} in a copy of the files that it reads. Docker, cosign and git are scripts that record how
 * they are called; the registry's digest of an image is the hash of its name.
 */
class PublishTest {

    private static final String REGISTRY = "registry.example.com/shop";
    private static final List<String> FILES = List.of("infra/images/publish", ".env", "compose.yaml");

    private static final int SECONDS = 30;

    @TempDir
    private Path clone;

    @TempDir
    private Path tools;

    private record Ended(int exitCode, String output) {}

    @BeforeEach
    void copy_the_files_and_make_the_tools() throws IOException {
        for (var source : ImageVersions.sources().entrySet()) {
            if (!FILES.contains(source.getKey()) && !source.getKey().startsWith("k8s/")) continue;
            var copy = clone.resolve(source.getKey());
            Files.createDirectories(copy.getParent());
            Files.writeString(copy, source.getValue());
        }
        tool("docker", """
            case "$*" in
            *imagetools*) printf 'sha256:%s\\n' "$(printf '%s' "$6" | sha256sum | cut -d' ' -f1)" ;;
            "buildx inspect"*) exit 1 ;;
            *bake*) env | grep '^FLASHSALE_' | sort >>"$CALLS" ;;
            esac
            """);
        tool("git", """
            case "$1" in
            rev-parse) echo 0123456789012345678901234567890123456789 ;;
            status) printf '%s' "$CHANGES" ;;
            esac
            """);
    }

    @Test
    void each_image_is_built_for_both_processors_pushed_signed_and_pinned() throws Exception {
        tool("cosign", "");

        var published = publish("", REGISTRY, "2.0.0");

        assertThat(published.exitCode()).as(published.output()).isZero();
        assertThat(calls())
                .contains("docker buildx create --name flash-sale --driver docker-container")
                .anyMatch(call -> call.matches("docker buildx bake .*linux/amd64,linux/arm64 .*--push .*gateway.*"))
                .contains(
                        "FLASHSALE_JARS=from-source",
                        "FLASHSALE_REGISTRY=" + REGISTRY,
                        "FLASHSALE_REVISION=0123456789012345678901234567890123456789",
                        "FLASHSALE_VERSION=2.0.0");
        var digests = Pattern.compile("(?m)^" + REGISTRY + "/([a-z-]+)@sha256:[0-9a-f]{64}$")
                .matcher(published.output())
                .results()
                .toList();
        assertThat(digests).hasSize(images().size());
        assertThat(digests).extracting(digest -> digest.group(1)).containsExactlyInAnyOrderElementsOf(images());
        assertThat(calls())
                .containsAll(digests.stream()
                        .map(digest -> "cosign sign --yes " + digest.group())
                        .toList());
        var pinned = pinned();
        digests.stream()
                .filter(digest -> !List.of("cli", "load-tests").contains(digest.group(1)))
                .forEach(digest -> assertThat(pinned)
                        .contains("newName: %s/%s\n    digest: %s\n"
                                .formatted(
                                        REGISTRY,
                                        digest.group(1),
                                        digest.group().replaceFirst(".*@", ""))));
        assertThat(Files.readString(clone.resolve("k8s/overlays/production/kustomization.yaml")))
                .contains("app.kubernetes.io/version: 2.0.0");
    }

    @Test
    void a_dry_run_prints_the_commands_and_changes_nothing() throws Exception {
        tool("cosign", "");
        var before = pinned();

        var published = publish(" M README.md", "--dry-run", REGISTRY);

        assertThat(published.exitCode()).as(published.output()).isZero();
        assertThat(published.output())
                .contains(
                        "docker buildx bake",
                        "+ cosign sign",
                        "+ sh k8s/pin " + REGISTRY + " " + ImageVersions.version());
        assertThat(calls()).noneMatch(call -> call.matches(".*(bake|create|cosign).*"));
        assertThat(pinned()).isEqualTo(before);
    }

    @Test
    void uncommitted_changes_are_not_published() throws Exception {
        var published = publish(" M README.md", REGISTRY);

        assertThat(published.exitCode()).isEqualTo(2);
        assertThat(published.output()).contains("Uncommitted changes");
        assertThat(calls()).noneMatch(call -> call.contains("bake"));
    }

    @Test
    void arguments_that_make_no_name_of_an_image_are_refused() throws Exception {
        for (var arguments : List.of(
                List.<String>of(),
                List.of("registry"),
                List.of(REGISTRY, "1 0"),
                List.of(REGISTRY, "1", "2"),
                List.of("--push", REGISTRY))) {
            var published = publish("", arguments.toArray(String[]::new));

            assertThat(published.exitCode()).as("%s", arguments).isEqualTo(2);
            assertThat(published.output()).contains("Usage: infra/images/publish");
        }
    }

    @Test
    void without_cosign_it_says_that_nothing_is_signed() throws Exception {
        assumeThat(Files.exists(Path.of("/usr/bin/cosign"))).isFalse();

        var published = publish("", REGISTRY);

        assertThat(published.exitCode()).as(published.output()).isZero();
        assertThat(published.output()).contains("Not signed: cosign is not installed");
    }

    /** The names of all images that compose builds. */
    private static TreeSet<String> images() {
        var names = new TreeSet<String>();
        for (JsonNode service : ComposeRules.read().path("services")) {
            if (service.has("build")) {
                names.add(Image.parse(service.path("image").asText()).shortName());
            }
        }
        return names;
    }

    /** The list of released images, which {@code k8s/pin} writes. */
    private String pinned() throws IOException {
        try (var files = Files.walk(clone.resolve("k8s"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var text = Files.readString(file);
                if (text.contains("- name: flash-sale/gateway\n    newName: ")) return text;
            }
        }
        throw new AssertionError("no file lists released images");
    }

    private void tool(String name, String body) throws IOException {
        var file = tools.resolve(name);
        Files.writeString(file, "#!/bin/sh\nprintf '" + name + " %s\\n' \"$*\" >>\"$CALLS\"\n" + body);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Path log() {
        return tools.resolve("calls");
    }

    private List<String> calls() throws IOException {
        return Files.exists(log()) ? Files.readAllLines(log()) : List.of();
    }

    private Ended publish(String changes, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("bash", "infra/images/publish"));
        command.addAll(List.of(arguments));
        var output = tools.resolve("output");
        var builder = new ProcessBuilder(command)
                .directory(clone.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of("PATH", tools + ":/usr/bin:/bin", "CALLS", log().toString(), "CHANGES", changes));
        var process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(command + " takes more than " + SECONDS + " s");
        }
        return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }
}
