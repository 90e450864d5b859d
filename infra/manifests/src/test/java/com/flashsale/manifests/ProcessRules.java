package com.flashsale.manifests;

import static com.flashsale.manifests.Resource.each;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** K13 to K17, K43: how a JVM lives in its pod: memory, probes, the end, how it is found, what it must not carry. */
final class ProcessRules {

    static final List<Rule> RULES = List.of(
            new Rule("K13", "a JVM fits into its pod", ProcessRules::memoryFits),
            new Rule("K14", "startup, readiness and liveness have probes of their own", ProcessRules::probes),
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
    private static final int BOOT_MARGIN = 3;
    private static final int SERVICE_SECONDS = 5;
    private static final int SHUTDOWN_RESERVE = 5;
    private static final int FORGOTTEN_SECONDS = 15;
    private static final Pattern FOR_TESTS =
            Pattern.compile("chaos|crash|jdwp|-xdebug|load-?test|loadtest|personas|sleep-for");

    private ProcessRules() {}

    private static void memoryFits(Build build, Consumer<String> broken) {
        build.pods().stream()
                .filter(Pod::isOurs)
                .forEach(pod -> pod.services().forEach(container -> {
                    var flags = Settings.first("infra/images/Dockerfile", "(?m)^ENTRYPOINT (.*)$") + " "
                            + Pod.env(container, "JDK_JAVA_OPTIONS");
                    var limit = Quantities.bytes(
                            container.at("/resources/limits/memory").asText());
                    var percent = flag(flags, "-XX:MaxRAMPercentage=(\\d+)").map(Integer::parseInt);
                    var parts = List.of(
                            "-XX:MaxDirectMemorySize=(\\w+)",
                            "-XX:MaxMetaspaceSize=(\\w+)",
                            "-XX:ReservedCodeCacheSize=(\\w+)");
                    var stack = flag(flags, "-Xss(\\w+)");
                    if (percent.isEmpty()
                            || stack.isEmpty()
                            || parts.stream().anyMatch(part -> flag(flags, part).isEmpty())) {
                        broken.accept(pod + ": a part of the JVM's memory has no bound in " + flags);
                        return;
                    }
                    if (percent.get() > MOST_HEAP_PERCENT)
                        broken.accept(pod + ": the heap takes " + percent.get() + " %");
                    var needs = limit * percent.get() / 100
                            + parts.stream()
                                    .mapToLong(part ->
                                            Quantities.bytes(flag(flags, part).orElseThrow()))
                                    .sum()
                            + THREADS * Quantities.bytes(stack.get())
                            + NATIVE;
                    if (needs > limit) broken.accept("%s: needs %d MiB of %d".formatted(pod, needs / MIB, limit / MIB));
                }));
    }

    private static Optional<String> flag(String flags, String expression) {
        return Pattern.compile(expression)
                .matcher(flags)
                .results()
                .map(match -> match.group(1))
                .reduce((_, last) -> last);
    }

    private static void probes(Build build, Consumer<String> broken) {
        var boot = Integer.parseInt(Settings.first("docs/performance.md", "start until READY[^|]*\\| (\\d+) s"));
        build.servers()
                .map(Build::pod)
                .forEach(pod -> pod.containers().forEach(container -> {
                    for (var probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
                        if (!container.has(probe)) broken.accept(pod + ": no " + probe);
                    }
                    if (!Image.of(container).isOurs()) return;
                    var ready = container.at("/readinessProbe/httpGet/path").asText();
                    var alive = container.at("/livenessProbe/httpGet/path").asText();
                    if (!ready.endsWith("/readiness") || ready.equals(alive))
                        broken.accept(pod + ": readiness and liveness must be different probes");
                    if (!alive.endsWith("/liveness")) broken.accept(pod + ": liveness must ask for the process alone");
                    var budget = container.at("/startupProbe/periodSeconds").asInt(10)
                            * container.at("/startupProbe/failureThreshold").asInt(3);
                    if (budget < BOOT_MARGIN * boot)
                        broken.accept("%s: %d s to start, measured %d".formatted(pod, budget, boot));
                }));
        var base = Settings.of("gateway");
        if (!base.get("management.health.defaults.enabled").equals("false"))
            broken.accept("the health of a neighbour would restart a service");
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
    }

    private static void nothingForTests(Build build, Consumer<String> broken) {
        if (!build.isProduction()) return;
        build.pods().stream()
                .filter(Pod::isOurs)
                .forEach(pod -> pod.containers().forEach(container -> {
                    each(container.path("env"))
                            .filter(variable -> forTests(variable))
                            .forEach(variable -> broken.accept(
                                    pod + ": " + variable.path("name").asText()));
                    each(container.path("ports"))
                            .filter(port -> port.path("containerPort").asInt() == 5005)
                            .forEach(_ -> broken.accept(pod + ": a debugger's port"));
                }));
        build.configMap("platform")
                .ifPresent(map -> Resource.map(map.at("/data")).forEach((key, value) -> {
                    if (FOR_TESTS
                            .matcher((key + "=" + value).toLowerCase(Locale.ROOT))
                            .find()) broken.accept(map + ": " + key);
                }));
        for (var name : List.of("load-test", "payment-simulator")) {
            if (build.pods().stream().anyMatch(pod -> pod.name().equals(name)))
                broken.accept(name + " runs in production");
        }
    }

    private static boolean forTests(JsonNode variable) {
        var said = variable.path("name").asText() + "=" + variable.path("value").asText();
        return FOR_TESTS.matcher(said.toLowerCase(Locale.ROOT)).find();
    }
}
