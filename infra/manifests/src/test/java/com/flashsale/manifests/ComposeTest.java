package com.flashsale.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** K44 of the reliability sheet, and what breaks it. */
class ComposeTest {

    static List<BadManifest> badComposes() {
        return BadManifest.all("/bad-composes.yaml");
    }

    @Test
    void k44_compose_is_as_strict_as_the_manifests() {
        assertThat(ComposeRules.read().path("services").size()).isGreaterThan(10);
        assertThat(ComposeRules.violations(ComposeRules.read())).isEmpty();
    }

    @Test
    void k44_traces_find_their_way_through_the_collector() {
        JsonNode good = Overlays.YAML.valueToTree(new Yaml().load(Settings.read(Path.of(ComposeRules.COLLECTOR))));
        JsonNode bad = good.deepCopy();
        ((ObjectNode) bad.path("exporters")).remove("zipkin");

        assertThat(good.at("/service/pipelines")).isNotEmpty();
        assertThat(ComposeRules.loose(good)).isEmpty();
        assertThat(ComposeRules.loose(bad)).containsExactly("traces: exporters has no zipkin");
    }

    @ParameterizedTest
    @MethodSource("badComposes")
    void k44_rejects(BadManifest bad) {
        assertThat(ComposeRules.violations(
                        bad.changed(new Resource(ComposeRules.read())).json()))
                .hasSize(1)
                .first()
                .asString()
                .contains(bad.says());
    }
}
