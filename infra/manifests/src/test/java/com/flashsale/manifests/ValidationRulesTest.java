package com.flashsale.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The second opinion says something: its rules are compiled, have values to judge, and alone reject some changes. */
class ValidationRulesTest {

    private static final int LEAST_RULES = 60;
    private static final int LEAST_EVALUATIONS = 100;

    static List<BadManifest> onlyTheirs() {
        return BadManifest.all("/bad-by-definition.yaml");
    }

    @Test
    void every_rule_of_the_definitions_is_understood() {
        var rules = Overlays.build("production").resources().stream()
                .filter(resource -> !CoreModels.knows(resource))
                .map(CustomSchemas::definition)
                .distinct()
                .flatMap(schema -> ValidationRules.in(schema).stream())
                .distinct()
                .toList();
        assertThat(rules)
                .hasSizeGreaterThan(LEAST_RULES)
                .allSatisfy(rule -> assertThat(ValidationRules.program(rule)).isNotNull());
    }

    @Test
    void the_overlays_give_them_values_to_judge() {
        var evaluated = Overlays.build("production").resources().stream()
                .filter(resource -> !CoreModels.knows(resource))
                .mapToInt(resource -> ValidationRules.of(CustomSchemas.definition(resource), resource.json())
                        .evaluated())
                .sum();
        assertThat(evaluated).isGreaterThan(LEAST_EVALUATIONS);
    }

    @ParameterizedTest
    @MethodSource("onlyTheirs")
    void only_the_definition_itself_rejects_it(BadManifest bad) {
        var build = bad.applied();
        var changed = build.resources().stream()
                .filter(resource ->
                        resource.toString().equals(bad.json().path("target").asText()))
                .findFirst()
                .orElseThrow();
        assertThat(ValidationRules.of(CustomSchemas.definition(changed), changed.json())
                        .problems())
                .anyMatch(problem -> problem.contains(bad.says()));
        assertThat(CustomSchemas.byShape(changed)).isEmpty();
        assertThat(Rules.ALL.stream()
                        .filter(rule -> rule.violations(build).findAny().isPresent())
                        .map(Rule::id))
                .containsExactly("K3");
    }
}
