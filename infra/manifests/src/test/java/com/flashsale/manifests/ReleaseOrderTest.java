package com.flashsale.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The commands of k8s/README.md apply an overlay in steps: no pod of a step waits for an object of a later one. */
class ReleaseOrderTest {

    private static final Pattern STEP =
            Pattern.compile("(?m)^kubectl apply -k k8s/overlays/production(?: -l '([^']*)')? ");
    private static final Pattern SELECTOR = Pattern.compile("app.kubernetes.io/component (in|notin) \\(([a-z,-]+)\\)");

    private static List<String> steps() {
        var commands = Settings.read(Path.of("k8s/README.md"))
                .split("### Rolling out", 2)[1]
                .split("```", 3)[1];
        return STEP.matcher(commands)
                .results()
                .map(match -> match.group(1) == null ? "" : match.group(1))
                .toList();
    }

    @Test
    void no_step_starts_a_pod_that_waits_for_a_later_step() {
        assertThat(steps()).hasSizeGreaterThan(2).last().isEqualTo("");
        for (var overlay : List.of("production", "production-eureka", "staging"))
            assertThat(waiting(Overlays.build(overlay), steps())).as(overlay).isEmpty();
    }

    @Test
    void a_selection_of_engines_alone_leaves_out_their_settings() {
        assertThat(waiting(
                        Overlays.build("production"),
                        List.of("app.kubernetes.io/component in (engine,topic,secret)", "")))
                .anyMatch(problem -> problem.startsWith("Deployment/redis waits for ConfigMap/redis-"));
    }

    @Test
    void the_replicas_of_a_sale_come_without_a_release() {
        var selected = selected("app.kubernetes.io/component in (autoscaling)");
        assertThat(Settings.read(Path.of("k8s/README.md")))
                .contains("k8s/overlays/production-sale -l 'app.kubernetes.io/component in (autoscaling)'");
        assertThat(Overlays.build("production-sale").resources().stream().filter(selected))
                .extracting(Resource::kind)
                .contains("HorizontalPodAutoscaler", "ScaledObject")
                .doesNotContain("Deployment", "Rollout", "Job", "StatefulSet");
        assertThat(Overlays.build("production-sale").of("HorizontalPodAutoscaler", "ScaledObject"))
                .allMatch(selected);
    }

    private static List<String> waiting(Build build, List<String> steps) {
        var applied = new LinkedHashSet<Resource>();
        var problems = new ArrayList<String>();
        for (var step : steps) {
            build.resources().stream().filter(selected(step)).forEach(applied::add);
            applied.forEach(workload -> needs(build, workload)
                    .filter(needed -> !applied.contains(needed))
                    .forEach(needed -> problems.add(workload + " waits for " + needed + " after '" + step + "'")));
        }
        return problems;
    }

    private static Predicate<Resource> selected(String selector) {
        if (selector.isEmpty()) return _ -> true;
        var match = SELECTOR.matcher(selector);
        assertThat(match.matches()).as(selector).isTrue();
        var names = Set.of(match.group(2).split(",", -1));
        // an object without the label is not in any set
        return resource -> match.group(1).equals("in")
                == names.contains(resource.labels().getOrDefault("app.kubernetes.io/component", ""));
    }

    /** A workload cannot start without its account, its ConfigMaps and the makers of its Secrets. */
    private static Stream<Resource> needs(Build build, Resource owner) {
        if (!Set.of("Deployment", "StatefulSet", "Job").contains(owner.kind())) return Stream.of();
        var spec = Build.pod(owner).spec();
        var maps = Stream.of("configMap", "configMapKeyRef", "configMapRef")
                .flatMap(key -> spec.findValues(key).stream())
                .map(reference -> reference.path("name").asText());
        var secrets = spec.findValues("secret").stream()
                .map(secret ->
                        secret.path("secretName").asText(secret.path("name").asText()))
                .toList();
        var makers =
                build.resources().stream().filter(maker -> secrets.stream().anyMatch(secret -> makes(maker, secret)));
        return Stream.of(
                        maps.flatMap(name -> build.find("ConfigMap", name).stream()),
                        build
                                .find(
                                        "ServiceAccount",
                                        spec.path("serviceAccountName").asText())
                                .stream(),
                        makers)
                .flatMap(needed -> needed);
    }

    private static boolean makes(Resource maker, String secret) {
        return switch (maker.kind()) {
            case "ExternalSecret" -> maker.text("/spec/target/name").equals(secret);
            case "Certificate" -> maker.text("/spec/secretName").equals(secret);
            case "Cluster" -> secret.equals(maker.name() + "-ca");
            case "KafkaUser" -> secret.equals("kafka-" + maker.name());
            case "Kafka" -> secret.equals(maker.name() + "-cluster-ca-cert");
            default -> false;
        };
    }
}
