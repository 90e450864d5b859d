package com.flashsale.manifests;

import static com.flashsale.manifests.Resource.each;
import static com.flashsale.manifests.Resource.texts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.function.Consumer;

/** K14: the probes of a pod find out whether it starts, serves and lives. */
final class ProbeRules {

    static final List<Rule> RULES =
            List.of(new Rule("K14", "startup, readiness and liveness have probes of their own", ProbeRules::probes));

    private static final List<String> PROBES = List.of("startupProbe", "readinessProbe", "livenessProbe");
    private static final int BOOT_MARGIN = 3;
    /** A node that is busy for a moment answers later than the default of one second. */
    private static final int LEAST_TIMEOUT = 3;
    /** A full collection and a slow node together last less. */
    private static final int LEAST_LIVENESS_SECONDS = 60;

    private static final int LEAST_ENGINE_SECONDS = 30;
    private static final int MOST_LIVENESS_SECONDS = 300;
    private static final int MOST_READINESS_SECONDS = 30;

    private ProbeRules() {}

    private static void probes(Build build, Consumer<String> broken) {
        build.servers()
                .map(Build::pod)
                .forEach(pod -> each(pod.spec().path("containers")).forEach(container -> {
                    for (var probe : PROBES) {
                        if (!container.has(probe)) broken.accept(pod + ": no " + probe);
                        else isAnswered(pod, probe, container.path(probe), broken);
                    }
                    var patience = seconds(container.path("livenessProbe"));
                    if (patience < (Image.of(container).isOurs() ? LEAST_LIVENESS_SECONDS : LEAST_ENGINE_SECONDS))
                        broken.accept(pod + ": is killed after " + patience + " s without an answer");
                    if (patience > MOST_LIVENESS_SECONDS)
                        broken.accept(pod + ": hangs for " + patience + " s before it is killed");
                    if (seconds(container.path("readinessProbe")) > MOST_READINESS_SECONDS)
                        broken.accept(pod + ": gets requests long after its last answer");
                    if (isService(container)) ofService(build, pod, container, broken);
                }));
        if (!Settings.of("gateway").get("management.health.defaults.enabled").equals("false"))
            broken.accept("the health of a neighbour would restart a service");
    }

    /** The image of the commands has no management port: its control room is asked for its page. */
    private static boolean isService(JsonNode container) {
        var image = Image.of(container);
        return image.isOurs() && !image.shortName().equals("cli");
    }

    private static int seconds(JsonNode probe) {
        return probe.path("periodSeconds").asInt(10)
                * probe.path("failureThreshold").asInt(3);
    }

    private static void isAnswered(Pod pod, String name, JsonNode probe, Consumer<String> broken) {
        for (var kind : List.of("httpGet", "tcpSocket", "grpc")) {
            if (!probe.has(kind)) continue;
            if (pod.port(probe.path(kind).path("port")).isEmpty())
                broken.accept(pod + ": " + name + " asks a port that no container has");
            if (probe.path(kind).has("host")) broken.accept(pod + ": " + name + " asks another host");
        }
        var command = texts(probe.at("/exec/command"));
        if (!command.isEmpty() && command.getFirst().endsWith("redis-cli") && !command.contains("-e"))
            broken.accept(pod + ": " + name + " takes an error for an answer (redis-cli without -e)");
        if (probe.has("terminationGracePeriodSeconds"))
            broken.accept(pod + ": " + name + " ends the pod sooner than its own grace period");
    }

    private static void ofService(Build build, Pod pod, JsonNode container, Consumer<String> broken) {
        var ready = container.at("/readinessProbe/httpGet/path").asText();
        var alive = container.at("/livenessProbe/httpGet/path").asText();
        if (!ready.endsWith("/readiness") || ready.equals(alive))
            broken.accept(pod + ": readiness and liveness must be different probes");
        if (!alive.endsWith("/liveness")) broken.accept(pod + ": liveness must ask for the process alone");
        for (var probe : PROBES) {
            if (container.path(probe).path("timeoutSeconds").asInt(1) < LEAST_TIMEOUT)
                broken.accept(pod + ": " + probe + " waits less than " + LEAST_TIMEOUT + " s for an answer");
            var asked = pod.port(container.path(probe).at("/httpGet/port"));
            var management = pod.port(TextNode.valueOf("management"));
            if (asked.isPresent() && !asked.equals(management))
                broken.accept(pod + ": " + probe + " does not ask the management port");
        }
        var boot = Integer.parseInt(Settings.first("docs/performance.md", "start until READY[^|]*\\| (\\d+) s"));
        var budget = seconds(container.path("startupProbe"));
        if (budget < BOOT_MARGIN * boot) broken.accept("%s: %d s to start, measured %d".formatted(pod, budget, boot));
        var settings = PodSettings.of(build, container);
        for (var group : List.of("management.endpoint.health", "management.health", "management.endpoints.web.base")) {
            settings.below(group).forEach(name -> broken.accept(pod + ": overrides what its probes mean by " + name));
        }
    }
}
