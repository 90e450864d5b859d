package com.flashsale.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** K1 to K43 of the reliability sheet over every overlay. */
class PolicyTest {

    private static final int LEAST_OBJECTS = 60;

    static List<String> overlays() {
        return Overlays.names();
    }

    static Stream<Arguments> rulesAndOverlays() {
        return Rules.ALL.stream().flatMap(rule -> overlays().stream().map(overlay -> Arguments.of(rule, overlay)));
    }

    @Test
    void the_overlays_are_those_of_the_documentation() {
        assertThat(overlays())
                .contains("local", "staging", "production", "production-sale", "production-eureka", "load-test");
    }

    @Test
    void the_rules_are_numbered_from_k2_to_k43() {
        assertThat(Rules.ALL)
                .extracting(Rule::id)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(2, 43).mapToObj(id -> "K" + id).toList());
    }

    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @MethodSource("overlays")
    void k1_every_overlay_builds(String overlay) {
        assertThat(Overlays.build(overlay).resources()).hasSizeGreaterThan(LEAST_OBJECTS);
    }

    @ParameterizedTest(name = "{0}, {1}", quoteTextArguments = false)
    @MethodSource("rulesAndOverlays")
    void k2_to_k43_hold(Rule rule, String overlay) {
        assertThat(rule.violations(Overlays.build(overlay)))
                .as("%s, %s", rule, overlay)
                .isEmpty();
    }
}
