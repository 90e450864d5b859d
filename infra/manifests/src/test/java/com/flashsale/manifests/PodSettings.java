package com.flashsale.manifests;

import static com.flashsale.manifests.Resource.each;
import static com.flashsale.manifests.Resource.map;
import static com.flashsale.manifests.Resource.texts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The properties that a container sets from outside its image: variables, system properties, arguments, JSON and
 * imported files. Spring treats {@code A_B_C}, {@code a.b-c} and {@code a.bC} as one name, and so does this class.
 *
 * @param values canonical name -> value
 */
record PodSettings(Map<String, String> values) {

    static final List<String> FLAGS = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "JAVA_OPTS");

    private static final Pattern PROPERTY = Pattern.compile("(?:^|\\s)-(?:D|-)([\\w.\\[\\]-]+)=(\\S*)");
    private static final Pattern FILE = Pattern.compile("file:\\S*?/([\\w.-]+\\.ya?ml)");

    static PodSettings of(Build build, JsonNode container) {
        var values = new LinkedHashMap<String, String>();
        variables(build, container).forEach((name, value) -> values.put(canonical(name), value));
        var imported = values.getOrDefault("springconfigimport", "");
        build.configMap("configuration")
                .ifPresent(files -> FILE.matcher(imported)
                        .results()
                        .map(match -> files.at("/data").path(match.group(1)).asText())
                        .flatMap(text -> Overlays.parse(text).stream())
                        .forEach(document -> put(Settings.flat(document.json()), values)));
        var json = values.getOrDefault("springapplicationjson", "");
        Overlays.parse(json).forEach(document -> put(Settings.flat(document.json()), values));
        PROPERTY.matcher(flags(build, container))
                .results()
                .forEach(match -> values.put(canonical(match.group(1)), match.group(2)));
        return new PodSettings(Map.copyOf(values));
    }

    private static void put(Map<String, String> flat, Map<String, String> values) {
        flat.forEach((name, value) -> values.putIfAbsent(canonical(name), value));
    }

    /** The variables of a container with their values; those of its ConfigMaps included. */
    static Map<String, String> variables(Build build, JsonNode container) {
        var values = new LinkedHashMap<String, String>();
        each(container.path("envFrom"))
                .forEach(from -> data(build, from.at("/configMapRef/name"))
                        .forEach((key, value) -> values.put(from.path("prefix").asText() + key, value)));
        each(container.path("env"))
                .forEach(variable -> values.put(variable.path("name").asText(), value(build, variable)));
        return values;
    }

    private static String value(Build build, JsonNode variable) {
        var reference = variable.at("/valueFrom/configMapKeyRef");
        return reference.isMissingNode()
                ? variable.path("value").asText()
                : data(build, reference.path("name"))
                        .getOrDefault(reference.path("key").asText(), "");
    }

    private static Map<String, String> data(Build build, JsonNode name) {
        return build.find("ConfigMap", name.asText())
                .map(found -> map(found.at("/data")))
                .orElse(Map.of());
    }

    /** All words that a JVM of this container reads: from its variables, its command and its arguments. */
    static String flags(Build build, JsonNode container) {
        var variables = variables(build, container);
        return Stream.of(
                        FLAGS.stream().map(name -> variables.getOrDefault(name, "")),
                        texts(container.path("command")).stream(),
                        texts(container.path("args")).stream())
                .flatMap(words -> words)
                .collect(Collectors.joining(" "));
    }

    static String canonical(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    String get(String property) {
        return values.getOrDefault(canonical(property), "");
    }

    /** Names of this beginning, canonical. */
    List<String> below(String prefix) {
        return values.keySet().stream()
                .filter(name -> name.startsWith(canonical(prefix)))
                .sorted()
                .toList();
    }
}
