package com.flashsale.manifests;

import static com.flashsale.manifests.Resource.each;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** K13, K15 to K17, K43: how a JVM lives in its pod: memory, the end, how it is found, what it must not carry. */
final class ProcessRules {

    static final List<Rule> RULES = List.of(
            new Rule("K13", "a JVM fits into its pod", ProcessRules::memoryFits),
            new Rule("K15", "a pod ends after its last caller has left", ProcessRules::endsAfterItsCallers),
            new Rule("K16", "callers forget a dead pod soon", ProcessRules::callersForgetDeadPods),
            new Rule("K17", "without a registry, services are found by name", ProcessRules::foundByServiceNames),
            new Rule("K43", "production carries nothing for tests", ProcessRules::nothingForTests));

    private static final long MIB = 1024 * 1024;
    /** More than any of the services has under load: requests are virtual threads. */
    private static final int THREADS = 96;
    /** Collector, symbols, arenas. */
    private static final long NATIVE = 32 * MIB;

    private static final int MOST_HEAP_PERCENT = 75;
    private static final int SERVICE_SECONDS = 5;
    private static final int SHUTDOWN_RESERVE = 5;
    private static final int FORGOTTEN_SECONDS = 15;
    private static final Pattern FOR_TESTS =
            Pattern.compile("chaos|crash|jdwp|-xdebug|-xrun|jmxremote|load-?test|loadtest|personas|sleep-for|devtools");

    /** Settings that open a process, by canonical names, with the values that are safe. */
    private static final Map<String, String> SAFE = Map.ofEntries(
            Map.entry("managementendpointswebexposureinclude", "(health|prometheus|,|\\s)*"),
            Map.entry("managementendpoint(?!s?health).*access.*", "none|read-only"),
            Map.entry("managementendpoint(?!s?health).*enabled.*", "false"),
            Map.entry("managementendpointsjmx.*", ""),
            Map.entry("managementserveraddress", ""),
            Map.entry("springprofiles.*", ""),
            Map.entry("spring(jmx|h2|devtools).*", "false"),
            Map.entry("springflywayclean.*", "true"),
            Map.entry("servererrorinclude.*", "never|false"),
            Map.entry("logginglevel.*", "(?i)info|warn|error|off"),
            Map.entry("debug|trace", "false"));

    private ProcessRules() {}

    private static void memoryFits(Build build, Consumer<String> broken) {
        build.pods().stream()
                .filter(Pod::isOurs)
                .forEach(pod -> pod.services().forEach(container -> fits(build, pod, container, broken)));
        build.of("KafkaNodePool").forEach(pool -> {
            var heap = Quantities.bytes(pool.at("/spec/jvmOptions/-Xmx").asText("0"));
            var limit =
                    Quantities.bytes(pool.at("/spec/resources/limits/memory").asText("0"));
            if (heap == 0 || heap > limit * MOST_HEAP_PERCENT / 100) broken.accept(pool + ": its heap fills its pod");
        });
    }

    private static void fits(Build build, Pod pod, JsonNode container, Consumer<String> broken) {
        var flags = Settings.first("infra/images/Dockerfile", "(?m)^ENTRYPOINT (.*)$") + " "
                + PodSettings.flags(build, container);
        var limit = Quantities.bytes(container.at("/resources/limits/memory").asText());
        var percent = largest(flags, "-XX:MaxRAMPercentage=(\\d+)(?:\\.\\d+)?");
        var parts = List.of(
                "-XX:MaxDirectMemorySize=(\\w+)", "-XX:MaxMetaspaceSize=(\\w+)", "-XX:ReservedCodeCacheSize=(\\w+)");
        var stack = largest(flags, "-(?:Xss|XX:ThreadStackSize=)(\\w+)");
        if (percent.isEmpty()
                || stack.isEmpty()
                || parts.stream().anyMatch(part -> largest(flags, part).isEmpty())) {
            broken.accept(pod + ": a part of the JVM's memory has no bound in " + flags);
            return;
        }
        // a size wins over a percentage, and MaxRAM replaces the limit of the pod
        var heap = largest(flags, "-(?:Xmx|XX:MaxHeapSize=|Xms)(\\w+)")
                .orElse(largest(flags, "-XX:MaxRAM=(\\w+)").orElse(limit) * percent.get() / 100);
        if (heap > limit * MOST_HEAP_PERCENT / 100)
            broken.accept("%s: the heap takes %d of %d MiB".formatted(pod, heap / MIB, limit / MIB));
        var needs = heap
                + parts.stream()
                        .mapToLong(part -> largest(flags, part).orElseThrow())
                        .sum()
                + THREADS * stack.get()
                + NATIVE;
        if (needs > limit) broken.accept("%s: needs %d MiB of %d".formatted(pod, needs / MIB, limit / MIB));
    }

    /** The largest value of a flag: which of several wins depends on where each stands. */
    private static Optional<Long> largest(String flags, String expression) {
        return Pattern.compile(expression)
                .matcher(flags)
                .results()
                .map(match -> Quantities.bytes(match.group(1)))
                .max(Comparator.naturalOrder());
    }

    private static int seconds(Settings settings, String key) {
        return Math.toIntExact(Math.ceilDiv(settings.duration(key).toMillis(), 1000));
    }

    private static void endsAfterItsCallers(Build build, Consumer<String> broken) {
        var client = Settings.of("gateway");
        var server = Settings.of("discovery");
        var registry = seconds(client, "eureka.client.registry-fetch-interval-seconds")
                + seconds(client, "spring.cloud.loadbalancer.cache.ttl")
                + seconds(server, "eureka.server.response-cache-update-interval-ms");
        // a Service forgets a pod while preStop sleeps; a registry when the process is told to end, which then answers
        // on
        var pause = shutdownPause(build);
        if (build.has("StatefulSet", "discovery") && pause < registry)
            broken.accept(
                    "answers %d s after leaving the registry, callers' lists are %d s old".formatted(pause, registry));
        var shutdown = seconds(client, "spring.lifecycle.timeout-per-shutdown-phase");
        build.servers()
                .map(Build::pod)
                .forEach(pod -> pod.services().forEach(container -> {
                    var sleep = container.at("/lifecycle/preStop/sleep/seconds").asInt();
                    if (sleep < SERVICE_SECONDS)
                        broken.accept("%s: pauses %d s, callers need %d".formatted(pod, sleep, SERVICE_SECONDS));
                    var grace = pod.spec().path("terminationGracePeriodSeconds").asInt();
                    if (grace < sleep + pause + shutdown + SHUTDOWN_RESERVE)
                        broken.accept(pod + ": is killed after " + grace + " s");
                }));
        if (!client.get("server.shutdown").equals("graceful")) broken.accept("shutdown is not graceful");
    }

    private static int shutdownPause(Build build) {
        var set = discoveryFile(build)
                .map(file -> file.path("platform.shutdown.pause").asText("0s"))
                .orElse("0s");
        return Integer.parseInt(set.replaceFirst("s$", ""));
    }

    /** How services are found, as a file that each of them reads. */
    private static Optional<JsonNode> discoveryFile(Build build) {
        var text = build.configMap("configuration")
                .map(map -> map.at("/data/discovery.yaml").asText())
                .orElse("");
        return Overlays.parse(text).stream().map(document -> document.json()).findFirst();
    }

    private static void callersForgetDeadPods(Build build, Consumer<String> broken) {
        var discovery = build.find("StatefulSet", "discovery");
        if (discovery.isEmpty()) return;
        var client = Settings.of("gateway");
        var server = Settings.of("discovery");
        var worst = seconds(client, "eureka.instance.lease-expiration-duration-in-seconds")
                + seconds(server, "eureka.server.eviction-interval-timer-in-ms")
                + seconds(server, "eureka.server.response-cache-update-interval-ms")
                + seconds(client, "eureka.client.registry-fetch-interval-seconds")
                + seconds(client, "spring.cloud.loadbalancer.cache.ttl");
        if (worst > FORGOTTEN_SECONDS) broken.accept("a dead pod is called for " + worst + " s");
        if (!build.platform("EUREKA_CLIENT_ENABLED").equals("true")) broken.accept("no service asks the registry");
        build.servers()
                .map(Build::pod)
                .forEach(pod -> pod.services()
                        .forEach(container -> each(container.path("env"))
                                .map(variable -> variable.path("name").asText())
                                .filter(name -> name.matches(
                                        "EUREKA_(SERVER|CLIENT|INSTANCE)_.*(INTERVAL|LEASE|PRESERVATION).*"))
                                .forEach(name -> broken.accept(pod + ": " + name + " overrides the shared timings"))));
    }

    private static void foundByServiceNames(Build build, Consumer<String> broken) {
        if (build.has("StatefulSet", "discovery")) return;
        if (!build.platform("EUREKA_CLIENT_ENABLED").equals("false"))
            broken.accept("the services ask a registry that does not exist");
        // connections, not requests, are spread over the pods of a Service
        var life = "spring.cloud.gateway.server.webflux.httpclient.pool.max-life-time";
        var lives =
                discoveryFile(build).map(file -> file.path(life).asText()).filter(text -> text.matches("[1-5]?\\ds"));
        if (lives.isEmpty()) broken.accept("a new pod gets no requests until the gateway's connections end");
        var known = discoveryFile(build).map(file -> file.path("spring.cloud.discovery.client.simple.instances"));
        for (var service : Settings.inCode("gateway", "\"([a-z]+-service)\"")) {
            var uri =
                    known.map(all -> all.at("/" + service + "/0/uri").asText()).orElse("");
            var port = build.find("Service", service)
                    .map(found -> found.number("/spec/ports/0/port"))
                    .orElse(0);
            if (!uri.equals("http://" + service + ":" + port))
                broken.accept(service + " is looked for at '" + uri + "'");
        }
        var addresses = new Addresses(build);
        build.pods().stream()
                .filter(Pod::isOurs)
                .forEach(pod -> pod.services()
                        .flatMap(container -> addresses.of(container).stream())
                        .filter(address -> address.scheme().equals("http"))
                        .filter(address -> !addresses.isKnown(address.host(), address.port()))
                        .forEach(address -> broken.accept(
                                pod + ": no process answers at " + address + " of " + address.setting())));
    }

    private static void nothingForTests(Build build, Consumer<String> broken) {
        if (!build.isProduction()) return;
        build.pods().stream().filter(Pod::isOurs).forEach(pod -> {
            pod.containers()
                    .flatMap(container -> each(container.path("ports")))
                    .filter(port -> port.path("containerPort").asInt() == 5005)
                    .forEach(_ -> broken.accept(pod + ": a debugger's port"));
            pod.containers().forEach(container -> forTests(build, pod, container, broken));
            pod.spec().findValues("items").stream()
                    .flatMap(Resource::each)
                    .map(item -> item.path("path").asText())
                    .filter(ProcessRules::isForTests)
                    .forEach(path -> broken.accept(pod + ": its file " + path + " is for tests"));
        });
        build.configMap("platform")
                .ifPresent(map -> Resource.map(map.at("/data")).forEach((key, value) -> {
                    if (isForTests(key + "=" + value)) broken.accept(map + ": " + key);
                }));
        for (var name : List.of("load-test", "demo", "control-room", "payment-simulator")) {
            if (build.pods().stream().anyMatch(pod -> pod.name().equals(name)))
                broken.accept(name + " runs in production");
        }
    }

    private static void forTests(Build build, Pod pod, JsonNode container, Consumer<String> broken) {
        PodSettings.variables(build, container).forEach((name, value) -> {
            if (isForTests(name + "=" + value)) broken.accept(pod + ": " + name);
        });
        if (isForTests(PodSettings.flags(build, container))) broken.accept(pod + ": its flags are for tests");
        PodSettings.of(build, container).values().forEach((name, value) -> {
            var unsafe = SAFE.entrySet().stream()
                    .filter(setting -> name.matches(setting.getKey()))
                    .anyMatch(setting -> !value.matches(setting.getValue()));
            if (unsafe) broken.accept(pod + ": " + name + " is " + value);
        });
    }

    private static boolean isForTests(String said) {
        return FOR_TESTS.matcher(said.toLowerCase(Locale.ROOT)).find();
    }
}
