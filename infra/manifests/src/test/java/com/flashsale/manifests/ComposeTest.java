package com.flashsale.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
