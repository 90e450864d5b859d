package com.flashsale.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code k8s/preflight} looks for what the overlays use: each operator, in its namespace, and enough memory. */
class PrerequisitesTest {

    private static final Pattern NEEDS = Pattern.compile("(?m)^    (\\S+)\\) needs=(\\d+) ;;$");
    private static final List<String> BUILT_IN =
            List.of("apps", "autoscaling", "batch", "networking.k8s.io", "policy", "rbac.authorization.k8s.io");

    /** @param group of the custom resources */
    private record Prerequisite(String group, String name, String namespace, String install) {}

    private static List<Prerequisite> prerequisites() {
        return Settings.read(Path.of("k8s/prerequisites"))
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(";", -1))
                .map(part -> new Prerequisite(part[0], part[1], part[2], part[part.length - 1]))
                .toList();
    }

    static List<String> overlays() {
        return Overlays.names();
    }

    private static Stream<String> groups(Build build) {
        return build.resources().stream()
                .map(Resource::group)
                .filter(group -> !group.isEmpty() && !BUILT_IN.contains(group))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void each_group_of_custom_resources_has_its_operator(String overlay) {
        assertThat(groups(Overlays.build(overlay)))
                .isSubsetOf(prerequisites().stream().map(Prerequisite::group).toList());
    }

    @Test
    void no_operator_is_without_use_and_the_page_names_each() {
        var used = Overlays.names().stream()
                .flatMap(overlay -> groups(Overlays.build(overlay)))
                .toList();
        var page = Settings.read(Path.of("k8s/README.md"));
        assertThat(prerequisites()).hasSizeGreaterThan(5).allSatisfy(each -> {
            assertThat(used).contains(each.group());
            assertThat(page).contains("| " + each.name() + " |");
            assertThat(each.install()).matches("(?:helm install|kubectl) .*");
        });
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void the_memory_asked_for_is_that_of_the_pods(String overlay) {
        var script = Settings.read(Path.of("k8s/preflight"));
        var stated = NEEDS.matcher(script)
                .results()
                .filter(match ->
                        match.group(1).equals(overlay) || match.group(1).equals("*"))
                .mapToLong(match -> Long.parseLong(match.group(2)))
                .findFirst()
                .orElseThrow();
        var needed = Capacity.withEngines(Overlays.build(overlay)).memory() >> 20;
        assertThat(stated).isBetween(needed, needed * 3 / 2);
    }
}
