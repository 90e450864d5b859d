package com.flashsale.manifests;

import static com.flashsale.manifests.Resource.each;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code .env} is the one list of images and versions; formats that cannot read it agree with it. */
class ImageVersionsTest {

    private static final String DOCKERFILE = "infra/images/Dockerfile";

    @Test
    void every_image_has_a_version_and_compose_takes_all_names_from_the_list() {
        assertThat(ImageVersions.images())
                .hasSizeGreaterThan(5)
                .allSatisfy(image -> assertThat(image.tag()).isNotEmpty().isNotEqualTo("latest"));
        var named = Pattern.compile("(?m)^ *image: (.*)$")
                .matcher(Settings.read(Path.of("compose.yaml")))
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(named)
                .hasSizeGreaterThan(10)
                .allMatch(image -> image.matches(
                        "\\$\\{[A-Z]+_IMAGE}|\\$\\{FLASHSALE_REGISTRY}/[a-z-]+:\\$\\{FLASHSALE_VERSION}"));
        assertThat(ImageVersions.filledIn(String.join("\n", named))).doesNotContain("$");
    }

    @Test
    void no_other_file_names_an_image_in_another_version() {
        var sources = ImageVersions.sources();

        assertThat(sources).hasSizeGreaterThan(500).containsKeys(DOCKERFILE, "k8s/pin");
        assertThat(sources.entrySet())
                .flatExtracting(source -> ImageVersions.others(source.getKey(), source.getValue()))
                .isEmpty();
    }

    @Test
    void another_version_is_found_and_a_port_is_none() {
        var other = ImageVersions.image("REDIS_IMAGE").name() + ":" + "6.2-alpine";

        assertThat(ImageVersions.others("a page", "redis:6379, postgres:5432, a-redis:1"))
                .isEmpty();
        assertThat(ImageVersions.others("a page", "run " + other + "."))
                .singleElement()
                .asString()
                .startsWith("a page: " + other);
    }

    @Test
    void kustomize_has_the_versions_of_the_list() {
        var broken = new ArrayList<String>();
        var seen = new TreeSet<String>();
        ImageVersions.sources().forEach((file, text) -> {
            if (!file.startsWith("k8s/") || !file.endsWith("kustomization.yaml")) return;
            for (var document : Overlays.parse(text)) {
                each(document.at("/images"))
                        .filter(image -> image.has("newTag"))
                        .forEach(image -> {
                            var name = image.path("name").asText();
                            seen.add(name);
                            if (!fits(name, image.path("newTag").asText())) broken.add(file + ": " + image);
                        });
            }
        });

        assertThat(seen).contains("postgres", "redis", "apache/kafka", "quay.io/strimzi/kafka", "flash-sale/gateway");
        assertThat(broken).isEmpty();
    }

    private static boolean fits(String name, String tag) {
        return switch (name) {
            case "ghcr.io/cloudnative-pg/postgresql" ->
                tag.startsWith(ImageVersions.image("POSTGRES_IMAGE").tag() + "-");
            case "quay.io/strimzi/kafka" ->
                tag.endsWith("-kafka-" + ImageVersions.image("KAFKA_IMAGE").tag());
            // the operator has versions of its own
            case "quay.io/strimzi/operator" -> true;
            default ->
                name.startsWith("flash-sale/")
                        ? tag.equals(ImageVersions.version())
                        : ImageVersions.images().stream()
                                .anyMatch(image ->
                                        image.name().equals(name) && image.tag().equals(tag));
        };
    }

    @Test
    void the_embedded_postgresql_and_the_compiler_are_those_of_the_images() {
        var pom = "pom.xml";
        var java = Settings.first(pom, "<java\\.version>(\\d+)</java\\.version>");

        assertThat(Settings.first(pom, "<postgresql-binaries\\.version>(\\d+)\\."))
                .isEqualTo(ImageVersions.image("POSTGRES_IMAGE").tag());
        assertThat(ImageVersions.image("JRE_IMAGE").tag()).isEqualTo(java + "-jre");
        assertThat(ImageVersions.image("MAVEN_IMAGE").tag()).endsWith("temurin-" + java);
    }

    @Test
    void the_recipe_has_the_defaults_of_the_list() {
        var recipe = Settings.read(Path.of(DOCKERFILE));

        for (var name : List.of("JRE_IMAGE", "MAVEN_IMAGE")) {
            assertThat(defaultsOf(name, recipe))
                    .as(name)
                    .containsExactly(ImageVersions.list().get(name));
        }
        assertThat(defaultsOf("VERSION", recipe)).containsOnly(ImageVersions.version());
    }

    @Test
    void the_image_build_compiles_each_module_that_has_an_image() {
        var compiled = Set.of(Settings.first(DOCKERFILE, "ARG MODULES=(\\S+)").split(",", -1));
        var needed = new TreeSet<>(Set.of("infra/images"));
        ComposeRules.read().path("services").properties().stream()
                .map(Map.Entry::getValue)
                .map(service -> service.at("/build/args/MODULE"))
                .filter(JsonNode::isTextual)
                .forEach(module -> needed.add(module.asText()));

        assertThat(needed).hasSizeGreaterThan(10);
        assertThat(compiled).containsExactlyInAnyOrderElementsOf(needed);
    }

    private static List<String> defaultsOf(String argument, String recipe) {
        return Pattern.compile("(?m)^ARG " + argument + "=(\\S+)$")
                .matcher(recipe)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
