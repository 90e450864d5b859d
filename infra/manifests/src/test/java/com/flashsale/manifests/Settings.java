package com.flashsale.manifests;

import static com.flashsale.manifests.Overlays.ROOT;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The settings in the services' own files, read there, so that no rule has copies of the values. */
record Settings(Map<String, String> values) {

    private static final Path BASE = Path.of("platform/base/src/main/resources/platform-base.yaml");
    private static final Path SERVICE = Path.of("platform/service/src/main/resources/platform.yaml");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^:}]+:?([^}]*)}");
    private static final Pattern AMOUNT = Pattern.compile("(\\d+)(ms|s|m|h|d)?");

    private static final Map<String, Settings> READ = new ConcurrentHashMap<>();
    private static final Map<String, List<String>> FOUND = new ConcurrentHashMap<>();

    static final List<String> SERVICES =
            List.of("auth-service", "catalog-service", "inventory-service", "order-service", "waitlist-service");

    /** The settings of a service: the defaults first, its own last. */
    static Settings of(String service) {
        return READ.computeIfAbsent(service, Settings::load);
    }

    private static Settings load(String service) {
        var values = new LinkedHashMap<String, String>();
        for (var file : files(service)) {
            Overlays.parse(read(file)).forEach(document -> flatten("", document.json(), values));
        }
        return new Settings(Map.copyOf(values));
    }

    private static List<Path> files(String service) {
        var module = service.equals("payment-simulator") ? "infra/payment-simulator" : service;
        var own = Path.of(module, "src/main/resources/application.yaml");
        var plain = service.equals("gateway") || service.equals("discovery");
        return plain ? List.of(BASE, own) : List.of(BASE, SERVICE, own);
    }

    /** The settings as they are written, with the variables that they read. */
    static String text(String service) {
        return files(service).stream().map(Settings::read).collect(Collectors.joining("\n"));
    }

    static String read(Path file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, String> flat(JsonNode document) {
        var values = new LinkedHashMap<String, String>();
        flatten("", document, values);
        return values;
    }

    private static void flatten(String prefix, JsonNode node, Map<String, String> into) {
        if (!node.isObject()) {
            into.put(prefix, defaultOf(node.asText()));
            return;
        }
        node.properties().forEach(entry -> {
            var key = entry.getKey();
            flatten(
                    prefix.isEmpty() ? key : key.startsWith("[") ? prefix + key : prefix + "." + key,
                    entry.getValue(),
                    into);
        });
    }

    private static String defaultOf(String text) {
        return PLACEHOLDER.matcher(text).replaceAll("$1");
    }

    String get(String key) {
        var value = values.get(key);
        if (value == null) throw new IllegalStateException("no setting " + key);
        return value;
    }

    int number(String key) {
        return Integer.parseInt(get(key));
    }

    /** Plain numbers are seconds, or milliseconds where the name ends in {@code -ms}. */
    Duration duration(String key) {
        var amount = AMOUNT.matcher(get(key));
        if (!amount.matches()) throw new IllegalStateException(key + " is no duration: " + get(key));
        var count = Long.parseLong(amount.group(1));
        var unit = amount.group(2) != null ? amount.group(2) : key.endsWith("-ms") ? "ms" : "s";
        return switch (unit) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    List<String> consumes() {
        return Arrays.stream(
                        values.getOrDefault("platform.messaging.consumes", "").split(",", -1))
                .map(String::strip)
                .filter(topic -> !topic.isEmpty())
                .toList();
    }

    /** Name of the topic -> its settings. */
    Map<String, Topic> produces() {
        var topics = new LinkedHashMap<String, Topic>();
        var named = Pattern.compile("platform\\.messaging\\.produces\\[([^]]+)].*");
        values.keySet().stream()
                .map(named::matcher)
                .filter(Matcher::matches)
                .map(match -> match.group(1))
                .forEach(name -> {
                    var prefix = "platform.messaging.produces[" + name + "].";
                    topics.put(
                            name,
                            new Topic(
                                    Integer.parseInt(values.getOrDefault(prefix + "partitions", defaultPartitions())),
                                    Boolean.parseBoolean(values.getOrDefault(prefix + "compacted", "false"))));
                });
        return topics;
    }

    record Topic(int partitions, boolean compacted) {}

    private static String defaultPartitions() {
        return first(
                "platform/service/src/main/java/com/flashsale/platform/messaging/MessagingSettings.java",
                "@DefaultValue\\(\"(\\d+)\"\\) int partitions");
    }

    /** The first group of the first place where the expression fits in a file. */
    static String first(String file, String expression) {
        return Pattern.compile(expression)
                .matcher(read(Path.of(file)))
                .results()
                .findFirst()
                .map(match -> match.group(1))
                .orElseThrow(() -> new IllegalStateException(expression + " is not in " + file));
    }

    /** All first groups, in all Java files of a service's main code and of the modules nested in it. */
    static List<String> inCode(String service, String expression) {
        return FOUND.computeIfAbsent(service + " " + expression, _ -> search(service, expression));
    }

    private static List<String> search(String service, String expression) {
        var pattern = Pattern.compile(expression);
        return modules(ROOT.resolve(service)).stream()
                .flatMap(module -> javaFiles(module.resolve("src/main/java")).stream())
                .map(ROOT::relativize)
                .flatMap(file -> pattern.matcher(read(file)).results().map((MatchResult match) -> match.group(1)))
                .distinct()
                .sorted()
                .toList();
    }

    /** The module and those nested in it. */
    private static List<Path> modules(Path module) {
        try (var inside = Files.list(module)) {
            var nested = inside.filter(each -> Files.exists(each.resolve("pom.xml")));
            return Stream.concat(Stream.of(module), nested).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> javaFiles(Path directory) {
        try (var files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
