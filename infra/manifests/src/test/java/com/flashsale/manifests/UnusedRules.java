package com.flashsale.manifests;

import static com.flashsale.manifests.Resource.each;
import static com.flashsale.manifests.Resource.map;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The other half of K28: each setting, file and key has a reader, each mount is at a path that is read. */
final class UnusedRules {

    /** Variables that our files read by name; those of Spring and the JVM have no list here. */
    private static final Pattern OURS = Pattern.compile(
            "(DATABASE|KAFKA|REDIS|FLASHSALE|GATEWAY|INVENTORY|WAITLIST|AUTH|CATALOG|ORDER|PLATFORM)_.+");

    private static final Pattern PATH = Pattern.compile("(?:file:|configtree:|=|:|^|\\s)(/[\\w./-]+)");
    /** Folders that an image knows by itself; the last one is K10's. */
    private static final Set<String> BY_IMAGE =
            Set.of("/tmp", "/var/flashsale", "/var/run/secrets/kubernetes.io/serviceaccount");
    /** The settings that services import for the engines; K32 looks for them in the build. */
    private static final Path ENGINES = Path.of("k8s/components/engines-operated/engines.yaml");

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z{},-]+)`[^|]*\\| (`[^|]+) \\|$");

    /** It lists the prerequisites of a cluster and the entries of the vault. */
    private static final String PAGE = Settings.read(Path.of("k8s/README.md"));

    private static final Set<String> IMPORTED = Overlays.parse(Settings.read(ENGINES)).stream()
            .flatMap(document -> Settings.flat(document.json()).keySet().stream())
            .collect(Collectors.toUnmodifiableSet());

    private static final Set<String> VAULT = vault();

    private UnusedRules() {}

    static void look(Build build, Consumer<String> broken) {
        build.of("ConfigMap")
                .forEach(map -> map.at("/data").fieldNames().forEachRemaining(key -> {
                    if (!isTaken(build, map, key)) broken.accept(map + ": no pod reads " + key);
                }));
        build.pods().stream()
                .filter(Pod::isOurs)
                .forEach(pod -> pod.services()
                        .filter(container -> !List.of("load-tests", "cli")
                                .contains(Image.of(container).shortName()))
                        .forEach(container -> {
                            variables(build, pod, container, broken);
                            mounts(build, pod, container, broken);
                        }));
        build.of("ExternalSecret").forEach(external -> {
            inTheVault(external, broken);
            if (!external.text("/spec/refreshInterval").matches("[1-9]\\d*[mh]"))
                broken.accept(external + ": never looks at its vault again");
        });
        Stream.of(
                        named(build, "ExternalSecret", "/spec/secretStoreRef/name"),
                        named(build, "Certificate", "/spec/issuerRef/name"),
                        named(build, "Gateway", "/spec/gatewayClassName"))
                .flatMap(names -> names)
                .filter(name -> !PAGE.contains("`" + name + "`"))
                .forEach(name -> broken.accept("no prerequisite is called " + name));
    }

    private static Stream<String> named(Build build, String kind, String pointer) {
        return build.of(kind).map(resource -> resource.text(pointer)).distinct();
    }

    private static boolean isTaken(Build build, Resource map, String key) {
        var byPods = build.pods().stream()
                .filter(Pod::isOurs)
                .anyMatch(pod -> pod.containers().anyMatch(container -> takes(pod, container, map, key)));
        var queries = build.clusters()
                .flatMap(cluster -> each(cluster.at("/spec/monitoring/customQueriesConfigMap")))
                .anyMatch(query -> query.path("name").asText().equals(map.name())
                        && query.path("key").asText().equals(key));
        return byPods
                || queries
                || build.of("TriggerAuthentication")
                        .flatMap(authentication -> each(authentication.at("/spec/configMapTargetRef")))
                        .anyMatch(target -> target.path("name").asText().equals(map.name())
                                && target.path("key").asText().equals(key));
    }

    private static boolean takes(Pod pod, JsonNode container, Resource map, String key) {
        var variable = container.findValues("configMapKeyRef").stream()
                .anyMatch(reference -> reference.path("name").asText().equals(map.name())
                        && reference.path("key").asText().equals(key));
        if (variable) return true;
        var all = each(container.path("envFrom"))
                .anyMatch(from -> from.at("/configMapRef/name").asText().equals(map.name()));
        if (all) return OURS.matcher(key).matches() && isRead(container, key);
        return each(container.path("volumeMounts"))
                .filter(mount -> holds(pod, mount.path("name").asText(), map, key))
                .anyMatch(mount -> !Image.of(container).isOurs()
                        || mount.has("subPath")
                        || imports(container).contains(mount.path("mountPath").asText() + "/" + key));
    }

    private static boolean holds(Pod pod, String volume, Resource map, String key) {
        return each(pod.spec().path("volumes"))
                .filter(found -> found.path("name").asText().equals(volume))
                .flatMap(found -> found.findValues("configMap").stream())
                .filter(source -> source.path("name").asText().equals(map.name()))
                .anyMatch(source -> source.path("items").isEmpty()
                        || source.path("items").findValuesAsText("key").contains(key));
    }

    private static String imports(JsonNode container) {
        return Pod.env(container, "SPRING_CONFIG_IMPORT");
    }

    private static boolean isRead(JsonNode container, String name) {
        var service = Image.of(container).shortName();
        var own = Settings.text(service);
        var canonical = PodSettings.canonical(name);
        return own.contains("${" + name + ":")
                || own.contains("${" + name + "}")
                || Stream.concat(Settings.of(service).values().keySet().stream(), IMPORTED.stream())
                        .anyMatch(known -> PodSettings.canonical(known).equals(canonical));
    }

    private static void variables(Build build, Pod pod, JsonNode container, Consumer<String> broken) {
        var names = container.path("env").findValuesAsText("name").stream()
                .filter(name -> Pod.hasEnv(container, name))
                .toList();
        names.stream()
                .filter(name -> OURS.matcher(name).matches() && !isRead(container, name))
                .forEach(name -> broken.accept(pod + ": does not read " + name));
        var once = new HashSet<String>();
        each(container.path("env"))
                .map(variable -> variable.path("name").asText())
                .filter(name -> !once.add(name))
                .forEach(name -> broken.accept(pod + ": has " + name + " twice"));
        each(pod.spec().path("volumes"))
                .filter(volume ->
                        mounted(container).contains(volume.path("name").asText()))
                .flatMap(volume -> volume.findValues("items").stream())
                .flatMap(Resource::each)
                .map(item -> item.path("path").asText())
                .filter(path -> OURS.matcher(path).matches() && !isRead(container, path))
                .forEach(path -> broken.accept(pod + ": does not read the secret " + path));
        each(pod.spec().path("volumes"))
                .filter(volume -> volume.has("secret") || volume.has("configMap") || volume.has("projected"))
                .map(volume -> volume.path("name").asText())
                .filter(volume -> pod.containers().noneMatch(one -> mounted(one).contains(volume)))
                .forEach(volume -> broken.accept(pod + ": no container mounts " + volume));
    }

    private static List<String> mounted(JsonNode container) {
        return container.path("volumeMounts").findValuesAsText("name");
    }

    /** Each mount is read, and each path that is read is mounted. */
    private static void mounts(Build build, Pod pod, JsonNode container, Consumer<String> broken) {
        var read = paths(build, container);
        var mounts = each(container.path("volumeMounts"))
                .map(mount -> mount.path("mountPath").asText().replaceFirst("/$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        mounts.stream()
                .filter(mount -> !BY_IMAGE.contains(mount))
                .filter(mount -> read.stream().noneMatch(path -> isBelow(path, mount)))
                .forEach(mount -> broken.accept(pod + ": no process reads " + mount));
        named(build, container).stream()
                .filter(path -> path.startsWith("/run/") || path.startsWith("/etc/flash-sale"))
                .filter(path -> mounts.stream().noneMatch(mount -> isBelow(path, mount)))
                .forEach(path -> broken.accept(pod + ": nothing is mounted at " + path));
    }

    private static boolean isBelow(String path, String mount) {
        return (path + "/").startsWith(mount + "/");
    }

    /** Paths in the container's own variables, and in all files that services import. */
    private static Set<String> paths(Build build, JsonNode container) {
        var files = Stream.concat(
                build.configMap("configuration").stream().flatMap(found -> map(found.at("/data")).values().stream()),
                Stream.of(Settings.read(ENGINES)));
        return Stream.concat(PodSettings.variables(build, container).values().stream(), files)
                .flatMap(UnusedRules::pathsOf)
                .collect(Collectors.toSet());
    }

    /** Without those that may be missing. */
    private static Set<String> named(Build build, JsonNode container) {
        return PodSettings.variables(build, container).values().stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .filter(value -> !value.startsWith("optional:"))
                .flatMap(UnusedRules::pathsOf)
                .collect(Collectors.toSet());
    }

    private static Stream<String> pathsOf(String text) {
        return PATH.matcher(text).results().map(match -> match.group(1).replaceFirst("/$", ""));
    }

    private static Set<String> vault() {
        var entries = new HashSet<String>();
        ROW.matcher(PAGE)
                .results()
                .forEach(row -> expanded(row.group(1))
                        .forEach(
                                entry -> Stream.of(row.group(2).replace("`", "").split(", ", -1))
                                        .forEach(property -> entries.add(entry + " " + property.strip()))));
        return Set.copyOf(entries);
    }

    /** The table of entries in k8s/README.md: an entry that it does not list is in no vault. */
    private static void inTheVault(Resource external, Consumer<String> broken) {
        each(external.at("/spec/data")).map(data -> data.path("remoteRef")).forEach(reference -> {
            var entry = reference.path("key").asText().replaceFirst("^[^/]*/", "");
            if (!VAULT.contains(entry + " " + reference.path("property").asText()))
                broken.accept(external + ": no vault has " + reference);
        });
    }

    /** {@code a-{b,c}} is a-b and a-c. */
    private static Stream<String> expanded(String name) {
        var match = Pattern.compile("(.*)\\{([^}]*)}(.*)").matcher(name);
        return match.matches()
                ? Stream.of(match.group(2).split(",", -1)).map(word -> match.group(1) + word + match.group(3))
                : Stream.of(name);
    }
}
