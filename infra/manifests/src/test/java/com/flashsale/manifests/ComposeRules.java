package com.flashsale.manifests;

import static com.flashsale.manifests.Resource.texts;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/** K44: the same platform in containers of one machine. */
final class ComposeRules {

    private static final String FILE = "compose.yaml";
    private static final String DOCKERFILE = "infra/images/Dockerfile";
    /** Images that write their configuration beside themselves; on Kubernetes a volume is there. */
    private static final Set<String> WRITES_ON_ITS_IMAGE = Set.of("kafka");
    /** Variables of ours; others belong to Spring, the JVM, or an image. */
    private static final Pattern OURS = Pattern.compile("(DATABASE|KAFKA|REDIS|FLASHSALE)_[A-Z_]+");

    /** Variables without which a service does not find its engines and neighbours. */
    private static final Pattern NEEDED = Pattern.compile("DATABASE_(URL|USER)|KAFKA_BOOTSTRAP_SERVERS"
            + "|REDIS_(HOST|PORT)|FLASHSALE_(ISSUER|JWKS_URI|PAYMENT_URL)");

    /** The shop, and the page that steers it. */
    private static final Set<String> ON_THE_HOST = Set.of("gateway", "control-room");

    private static final String OWN = "flash-sale/";

    /** Namespaces of a container that may be another's; "" is a namespace of its own. */
    private static final Pattern SHARED = Pattern.compile("|none|private|service:gateway");
    /** The image of PostgreSQL starts as root, prepares its folder and changes to its user. */
    private static final Map<String, Set<String>> CAPABILITIES =
            Map.of("postgres", Set.of("CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID"));

    private static final Pattern WITHOUT_CARE = Pattern.compile(
            "HOST_AUTH_METHOD|(?:fsync|full_page_writes|synchronous_commit)[= ]+off|protected-mode[ \",]+no");

    static final String COLLECTOR = "infra/otel/collector.yaml";
    private static final List<String> WATCHERS = List.of(
            "infra/prometheus/prometheus.yaml", COLLECTOR, "infra/grafana/provisioning/datasources/prometheus.yaml");
    /** A host name with a port, but no address to listen at. */
    private static final Pattern HOST = Pattern.compile("(?:- |\\[|//)([a-z][a-z-]+):[0-9]{2,5}");

    private ComposeRules() {}

    /** The compose file with anchors, merges and the names of the images resolved, as compose does. */
    static JsonNode read() {
        return Overlays.YAML.valueToTree(new Yaml().load(ImageVersions.filledIn(Settings.read(Path.of(FILE)))));
    }

    static List<String> violations(JsonNode compose) {
        var broken = new ArrayList<String>();
        compose.path("services").properties().forEach(entry -> {
            var name = entry.getKey();
            var service = entry.getValue();
            lockedDown(name, service, broken);
            starts(name, service, broken);
            logs(name, service, broken);
            if (service.path("image").asText().startsWith(OWN)) variables(name, service, broken);
        });
        trustedProxies(compose, broken);
        observed(compose, broken);
        return broken;
    }

    private static void lockedDown(String name, JsonNode service, List<String> broken) {
        var image = service.path("image").asText();
        if (!image.substring(image.lastIndexOf('/') + 1).contains(":") || image.endsWith(":latest"))
            broken.add(name + ": image without a version");
        if (!service.path("read_only").asBoolean() && !WRITES_ON_ITS_IMAGE.contains(name))
            broken.add(name + ": can write on its image");
        if (!texts(service.path("cap_drop")).contains("ALL")) broken.add(name + ": keeps capabilities");
        if (!texts(service.path("security_opt")).contains("no-new-privileges:true"))
            broken.add(name + ": may gain privileges");
        if (!service.has("mem_limit")) broken.add(name + ": no memory limit");
        if (service.path("privileged").asBoolean()) broken.add(name + ": privileged");
        usesNothingOfTheMachine(name, service, broken);
        SecretValues.in(service).forEach(secret -> broken.add(name + ": " + secret + " is readable in clear text"));
        for (var port : texts(service.path("ports"))) {
            if (!port.startsWith("127.0.0.1:")) broken.add(name + ": publishes a port beyond this machine");
            if (!ON_THE_HOST.contains(name) && !service.has("profiles")) broken.add(name + ": has a port on the host");
        }
    }

    private static void usesNothingOfTheMachine(String name, JsonNode service, List<String> broken) {
        for (var part : List.of("network_mode", "pid", "ipc", "uts", "userns_mode", "cgroup")) {
            var mode = service.path(part).asText();
            if (!SHARED.matcher(mode).matches()) broken.add(name + ": " + part + " is " + mode);
        }
        for (var part : List.of(
                "devices",
                "sysctls",
                "volumes_from",
                "env_file",
                "extra_hosts",
                "dns",
                "external_links",
                "device_cgroup_rules")) {
            if (!service.path(part).isEmpty()) broken.add(name + ": " + part);
        }
        texts(service.path("cap_add")).stream()
                .filter(capability -> !CAPABILITIES.getOrDefault(name, Set.of()).contains(capability))
                .forEach(capability -> broken.add(name + ": adds the capability " + capability));
        texts(service.path("security_opt")).stream()
                .filter(option -> option.matches(".*(unconfined|disable|:false)"))
                .forEach(option -> broken.add(name + ": " + option));
        if (service.path("user").asText().matches("(0|root)(:.*)?")) broken.add(name + ": runs as root");
        if (WITHOUT_CARE.matcher(service.toString()).find())
            broken.add(name + ": runs without passwords or durability");
        for (var volume : service.path("volumes")) {
            var source = volume.isTextual()
                    ? volume.asText().replaceFirst(":.*", "")
                    : volume.path("source").asText();
            if (!source.matches("[a-z][a-z0-9-]*|\\./[a-z][\\w./-]*") || source.contains(".."))
                broken.add(name + ": mounts " + source + " of the machine");
        }
    }

    /**
     * The gateway lets only a client in its own network state the addresses of visitors: every process of this machine
     * can reach the published port.
     */
    private static void trustedProxies(JsonNode compose, List<String> broken) {
        var trusted = compose.at("/services/gateway/environment/FLASHSALE_TRUSTED_PROXIES")
                .asText();
        if (!trusted.equals("127.0.0.1/32")) broken.add("gateway: trusts " + trusted);
        compose.path("services").properties().stream()
                .filter(service ->
                        service.getValue().path("network_mode").asText().equals("service:gateway"))
                .filter(service -> !service.getValue().has("profiles"))
                .forEach(service ->
                        broken.add(service.getKey() + ": is in front of the gateway in the default profile"));
    }

    /**
     * Every host in the files of the observability tools is a service of compose, and Prometheus scrapes each of our
     * services.
     */
    private static void observed(JsonNode compose, List<String> broken) {
        var targets = new TreeSet<String>();
        for (var file : WATCHERS) {
            HOST.matcher(Settings.read(Path.of(file)))
                    .results()
                    .map(match -> match.group(1))
                    .forEach(targets::add);
        }
        targets.removeIf(host -> compose.path("services").has(host));
        targets.forEach(host -> broken.add("no service is called " + host + ", which the observability tools use"));
        var scraped = Settings.read(Path.of(WATCHERS.getFirst()));
        compose.path("services").properties().stream()
                .filter(service -> service.getValue().at("/build/args").has("MANAGEMENT_PORT"))
                .map(service -> service.getKey() + ":"
                        + service.getValue().at("/build/args/MANAGEMENT_PORT").asText())
                .filter(target -> !scraped.contains("- " + target + "\n"))
                .forEach(target -> broken.add(target + " is not scraped"));
    }

    /** Parts of the collector's pipelines that its file does not define. */
    static List<String> loose(JsonNode collector) {
        var broken = new ArrayList<String>();
        collector.at("/service/pipelines").properties().forEach(pipeline -> {
            for (var part : List.of("receivers", "processors", "exporters")) {
                var names = texts(pipeline.getValue().path(part));
                if (names.isEmpty()) broken.add(pipeline.getKey() + ": no " + part);
                names.stream()
                        .filter(name -> !collector.path(part).has(name))
                        .forEach(name -> broken.add(pipeline.getKey() + ": " + part + " has no " + name));
            }
        });
        return broken;
    }

    /** Docker keeps the whole output of a container unless told otherwise. */
    private static void logs(String name, JsonNode service, List<String> broken) {
        var options = service.at("/logging/options");
        if (!service.at("/logging/driver").asText().equals("json-file")
                || !options.path("max-size").asText().matches("[1-9][0-9]?m")
                || !options.path("max-file").asText().matches("[1-9]")) broken.add(name + ": its log has no limit");
    }

    private static void starts(String name, JsonNode service, List<String> broken) {
        if (service.has("profiles")) return;
        var ownCheck = service.path("image").asText().startsWith(OWN)
                && Settings.read(Path.of(DOCKERFILE)).contains("HEALTHCHECK");
        var disabled = service.at("/healthcheck/disable").asBoolean()
                || texts(service.at("/healthcheck/test")).contains("NONE");
        // a container that does its work and ends is asked for its exit code
        var ends = service.path("restart").asText().equals("no");
        if (!ends && (disabled || (!service.has("healthcheck") && !ownCheck)))
            broken.add(name + ": has no health check");
        if (service.path("depends_on").isArray()) broken.add(name + ": waits for processes, not for their health");
        service.path("depends_on").properties().stream()
                .filter(dependency -> !dependency
                        .getValue()
                        .path("condition")
                        .asText()
                        .matches("service_(healthy|completed_successfully)"))
                .forEach(dependency ->
                        broken.add(name + ": does not wait until " + dependency.getKey() + " is healthy"));
    }

    /**
     * Compose sets the variables that a service needs and the manifests set. Neither sets a variable that the service
     * does not read.
     */
    private static void variables(String name, JsonNode service, List<String> broken) {
        var deployment = Overlays.build("local").find("Deployment", name);
        if (deployment.isEmpty()) return;
        var told = new TreeSet<String>();
        service.path("environment").fieldNames().forEachRemaining(told::add);
        var container = Build.pod(deployment.get()).containers().findFirst().orElseThrow();
        for (var variable : container.path("env")) {
            var key = variable.path("name").asText();
            if (NEEDED.matcher(key).matches() && !told.contains(key) && reads(name, key))
                broken.add(name + ": needs " + key);
            if (OURS.matcher(key).matches() && !reads(name, key))
                broken.add(name + " on Kubernetes: does not read " + key);
        }
        told.stream()
                .filter(key -> OURS.matcher(key).matches() && !reads(name, key))
                .forEach(key -> broken.add(name + ": does not read " + key));
    }

    private static boolean reads(String service, String key) {
        return Settings.text(service).contains("${" + key);
    }
}
