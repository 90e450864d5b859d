package com.flashsale.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * K2, K3: the API accepts every object. No field is unknown, no value has a wrong type, no required field is missing.
 */
final class SchemaRules {

    static final List<Rule> RULES = List.of(
            new Rule("K2", "every object has known fields of the right type", SchemaRules::unknownOrMistyped),
            new Rule(
                    "K3",
                    "no required field is missing and every enumerated value is allowed",
                    SchemaRules::missingOrNotAllowed));

    /** Allowed values of a field, wherever the API has it; the models accept any text. */
    private static final Map<String, Set<String>> WORDS = Map.ofEntries(
            Map.entry("imagePullPolicy", Set.of("Always", "IfNotPresent", "Never")),
            Map.entry("restartPolicy", Set.of("Always", "OnFailure", "Never")),
            Map.entry("whenUnsatisfiable", Set.of("DoNotSchedule", "ScheduleAnyway")),
            Map.entry("concurrencyPolicy", Set.of("Allow", "Forbid", "Replace")),
            Map.entry("podManagementPolicy", Set.of("OrderedReady", "Parallel")),
            Map.entry("protocol", Set.of("TCP", "UDP", "SCTP")),
            Map.entry("selectPolicy", Set.of("Max", "Min", "Disabled")),
            Map.entry("unhealthyPodEvictionPolicy", Set.of("AlwaysAllow", "IfHealthyBudget")),
            Map.entry("preemptionPolicy", Set.of("Never", "PreemptLowerPriority")),
            Map.entry("fsGroupChangePolicy", Set.of("Always", "OnRootMismatch")),
            Map.entry("dnsPolicy", Set.of("ClusterFirst", "ClusterFirstWithHostNet", "Default", "None")));

    /** Results by object: most fixtures change one object of a hundred; the others are checked once. */
    private static final Map<JsonNode, List<Shape>> SEEN = Collections.synchronizedMap(new IdentityHashMap<>());

    private SchemaRules() {}

    /** @param missing true: a required field is missing, or a word is not one of those allowed */
    record Shape(boolean missing, String problem) {}

    private static void unknownOrMistyped(Build build, Consumer<String> broken) {
        report(build, false, broken);
    }

    private static void missingOrNotAllowed(Build build, Consumer<String> broken) {
        report(build, true, broken);
    }

    private static void report(Build build, boolean missing, Consumer<String> broken) {
        for (var resource : Stream.concat(build.resources().stream(), build.shared().stream())
                .toList()) {
            SEEN.computeIfAbsent(resource.json(), _ -> look(resource)).stream()
                    .filter(shape -> shape.missing() == missing)
                    .forEach(shape -> broken.accept(resource + ": " + shape.problem()));
        }
    }

    private static List<Shape> look(Resource resource) {
        if (!CoreModels.knows(resource)) return CustomSchemas.look(resource);
        return Stream.concat(CoreModels.look(resource).stream(), words(resource))
                .toList();
    }

    private static Stream<Shape> words(Resource resource) {
        return WORDS.entrySet().stream()
                .flatMap(word -> Resource.everywhere(resource.json(), word.getKey()).stream()
                        .filter(value -> value.isTextual() && !word.getValue().contains(value.asText()))
                        .map(value -> new Shape(true, word.getKey() + " cannot be " + value.asText())));
    }
}
