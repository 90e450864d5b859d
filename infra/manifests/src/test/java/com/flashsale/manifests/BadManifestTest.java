package com.flashsale.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule bites, and bites the right thing: {@code bad-manifests.yaml} has at least one bad manifest for each. */
class BadManifestTest {

    private static final int LEAST = 30;

    static List<BadManifest> badManifests() {
        return BadManifest.all("/bad-manifests.yaml");
    }

    @ParameterizedTest
    @MethodSource("badManifests")
    void is_rejected_by_the_right_rule_and_no_other(BadManifest bad) {
        var build = bad.applied();
        var rejecting = Rules.ALL.stream()
                .filter(rule -> rule.violations(build).findAny().isPresent())
                .map(Rule::id)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(rejecting).isEqualTo(bad.breaks());
    }

    @Test
    void no_rule_is_without_its_bad_manifest() {
        var covered =
                badManifests().stream().flatMap(bad -> bad.breaks().stream()).collect(Collectors.<String>toSet());
        assertThat(covered).isEqualTo(Rules.ALL.stream().map(Rule::id).collect(Collectors.<String>toSet()));
        assertThat(badManifests())
                .hasSizeGreaterThan(LEAST)
                .extracting(BadManifest::name)
                .doesNotHaveDuplicates();
        assertThat(Set.copyOf(Overlays.names()))
                .containsAll(badManifests().stream().map(BadManifest::overlay).toList());
    }
}
