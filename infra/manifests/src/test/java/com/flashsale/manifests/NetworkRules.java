package com.flashsale.manifests;

import static com.flashsale.manifests.Resource.each;
import static com.flashsale.manifests.Resource.map;
import static com.flashsale.manifests.Resource.texts;

import com.flashsale.manifests.Edges.Edge;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** K25 to K27: the connections between pods, and to the outside. */
final class NetworkRules {

    static final List<Rule> RULES = List.of(
            new Rule("K25", "network policies open exactly the edges of the list", NetworkRules::edgesAreTheList),
            new Rule("K26", "the gateway is the only entry and management is for monitoring", NetworkRules::oneEntry),
            new Rule("K27", "Services select pods that exist", NetworkRules::servicesSelectPods));

    private static final Pattern SERVICE = Pattern.compile("([a-z][a-z-]*):(\\d{2,5})");
    private static final Set<String> MONITORED = Set.of("management");
    private static final String ROOM = "control-room";
    /** Pods that read a description of the platform. */
    private static final Map<String, String> READERS =
            Map.of("load-test", "Job/load-test", "demo", "Job/demo", ROOM, "Deployment/" + ROOM);
    /** The demo counts the orders that arrive, by the metrics of the service. */
    private static final Edge COUNTED = new Edge("Job/demo", "Deployment/order-service", 8185);

    private NetworkRules() {}

    private static void edgesAreTheList(Build build, Consumer<String> broken) {
        var closed = build.of("NetworkPolicy")
                .filter(policy -> policy.at("/spec/podSelector").isEmpty())
                .filter(policy -> policy.at("/spec/ingress").isEmpty()
                        && policy.at("/spec/egress").isEmpty())
                .anyMatch(policy -> texts(policy.at("/spec/policyTypes")).containsAll(List.of("Ingress", "Egress")));
        if (!closed) broken.accept("no policy denies by default");
        var expected = Edges.read().expectedOf(build);
        var allowed = AllowedConnections.of(build);
        difference(expected, allowed).forEach(edge -> broken.accept(edge + " is closed"));
        difference(allowed, expected).stream()
                .filter(edge -> !(isAnywhere(edge) && reachesOutside(expected, edge)))
                .forEach(edge -> broken.accept(edge + " is open"));
        READERS.forEach((name, pod) -> readerIsLetThrough(build, name, pod, expected, broken));
        var addresses = new Addresses(build);
        build.pods().stream()
                .filter(Pod::isOurs)
                .forEach(pod -> pod.services()
                        .flatMap(container -> addresses.of(container).stream())
                        .filter(address -> !leadsAlongAnEdge(addresses, expected, pod, address))
                        .forEach(address -> broken.accept(
                                "%s: %s calls %s, which is no edge".formatted(pod, address.setting(), address))));
        var listed = each(Edges.read().parties())
                .filter(party -> !Edges.isOutside(party))
                .map(party -> map(party.path("pods")))
                .toList();
        build.of("NetworkPolicy")
                .flatMap(policy -> policy.json().findValues("podSelector").stream())
                .filter(selector -> !listed.contains(map(selector.path("matchLabels"))))
                .filter(selector -> !map(selector.path("matchLabels")).containsKey("k8s-app"))
                .forEach(selector -> broken.accept(selector + " selects a party that no list names"));
        build.of("NetworkPolicy")
                .filter(NetworkRules::isNotUnderstood)
                .forEach(policy -> broken.accept(policy + ": says something that these rules do not understand"));
    }

    private static boolean leadsAlongAnEdge(
            Addresses addresses, Set<Edge> expected, Pod pod, Addresses.Address address) {
        var edges = addresses.edges(pod, address);
        return edges.isEmpty() ? addresses.isKnown(address.host(), address.port()) : expected.containsAll(edges);
    }

    /** Expressions, ranges and names of ports: none is needed, and a rule that guessed would be none. */
    private static boolean isNotUnderstood(Resource policy) {
        return !policy.json().findValues("matchExpressions").isEmpty()
                || !policy.json().findValues("endPort").isEmpty()
                || policy.at("/spec/policyTypes").isEmpty()
                || Stream.of("/spec/ingress", "/spec/egress")
                        .flatMap(direction -> each(policy.at(direction)))
                        .flatMap(rule -> each(rule.path("ports")))
                        .anyMatch(port -> !port.path("port").isInt());
    }

    /** A reader may reach every service that its description of the platform names. */
    private static void readerIsLetThrough(
            Build build, String name, String reader, Set<Edge> expected, Consumer<String> broken) {
        var description = build.configMap(name)
                .map(map -> map.at("/data/state.json").asText())
                .orElse("");
        SERVICE.matcher(description).results().forEach(match -> {
            var selector = build.find("Service", match.group(1))
                    .map(service -> map(service.at("/spec/selector")))
                    .orElse(Map.of());
            var port = Integer.parseInt(match.group(2));
            var pods = build.pods().stream()
                    .filter(pod -> !selector.isEmpty() && pod.matches(selector))
                    .toList();
            // a Service without pods is K27's
            var reached = (!selector.isEmpty() && pods.isEmpty())
                    || pods.stream().anyMatch(pod -> expected.contains(new Edge(reader, Edges.nameOf(pod), port)));
            if (!reached) broken.accept(name + " calls " + match.group() + ", which is no edge");
        });
    }

    private static boolean isAnywhere(Edge edge) {
        return Set.of("(kubernetes-api)", "(object-store)", "(payment-provider)")
                .contains(edge.to());
    }

    /**
     * Whether an expected edge covers this edge to the outside. A policy cannot tell outside parties apart, and the API
     * server may have any address.
     */
    private static boolean reachesOutside(Set<Edge> expected, Edge edge) {
        return !edge.to().equals("(kubernetes-api)")
                && expected.stream()
                        .anyMatch(other ->
                                other.from().equals(edge.from()) && other.port() == edge.port() && isAnywhere(other));
    }

    private static List<Edge> difference(Set<Edge> these, Set<Edge> without) {
        return these.stream().filter(edge -> !without.contains(edge)).toList();
    }

    private static void oneEntry(Build build, Consumer<String> broken) {
        var allowed = AllowedConnections.of(build);
        var management = new HashSet<Integer>();
        build.pods().stream()
                .filter(Pod::isOurs)
                .forEach(pod -> pod.containers()
                        .forEach(container -> each(container.path("ports"))
                                .filter(port ->
                                        MONITORED.contains(port.path("name").asText()))
                                .forEach(port -> management.add(
                                        port.path("containerPort").asInt()))));
        for (var edge : allowed) {
            if (edge.from().equals("(ingress)") && !edge.to().equals("Deployment/gateway"))
                broken.accept(edge + ": is a second public entry");
            if (management.contains(edge.port()) && !mayReadManagement(edge))
                broken.accept(edge + ": reaches a management port");
            if (edge.to().equals("Deployment/" + ROOM)) broken.accept(edge + ": may steer without a login");
            if (edge.from().equals("(ingress)") && management.contains(edge.port()))
                broken.accept(edge + ": opens management ports to every pod");
        }
        build.find("Deployment", ROOM).map(Build::pod).stream()
                .flatMap(Pod::containers)
                .filter(container -> Stream.of("command", "args")
                        .flatMap(words -> texts(container.path(words)).stream())
                        .anyMatch(word -> word.contains("--listen")))
                .forEach(_ -> broken.accept("the control room has no login and listens beyond loopback"));
    }

    private static boolean mayReadManagement(Edge edge) {
        return edge.equals(COUNTED)
                || edge.from().equals("(monitoring)")
                || edge.from().equals("Deployment/" + ROOM);
    }

    private static void servicesSelectPods(Build build, Consumer<String> broken) {
        build.of("Service").forEach(service -> {
            if (!service.text("/spec/type").equals("ClusterIP"))
                broken.accept(service + ": is open outside the cluster");
            for (var way : List.of("externalIPs", "loadBalancerIP", "externalName", "loadBalancerClass")) {
                if (service.at("/spec").has(way)) broken.accept(service + ": is open outside the cluster by " + way);
            }
            if (!service.json().findValues("nodePort").isEmpty())
                broken.accept(service + ": is open outside the cluster by a port of each node");
            if (service.text("/spec/internalTrafficPolicy").equals("Local"))
                broken.accept(service + ": leads to pods of the caller's node only");
            if (service.at("/spec/publishNotReadyAddresses").asBoolean()
                    && !service.text("/spec/clusterIP").equals("None"))
                broken.accept(service + ": leads to pods that are not ready");
            var selector = map(service.at("/spec/selector"));
            var pods = build.pods().stream()
                    .filter(pod -> !selector.isEmpty() && pod.matches(selector))
                    .filter(pod -> build.isHere(pod.owner()) && build.isHere(service))
                    .toList();
            if (pods.isEmpty()) broken.accept(service + ": selects no pod");
            if (pods.stream().map(Pod::owner).distinct().count() > 1)
                broken.accept(service + ": selects pods of several workloads");
            each(service.at("/spec/ports")).forEach(port -> {
                var target = port.path("targetPort").asText();
                var there = pods.stream()
                        .flatMap(Pod::containers)
                        .flatMap(container -> each(container.path("ports")))
                        .anyMatch(offered -> offered.path("name").asText().equals(target));
                if (!pods.isEmpty() && !there) broken.accept(service + ": no port " + target);
            });
        });
    }
}
