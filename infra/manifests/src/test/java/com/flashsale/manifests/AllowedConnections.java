package com.flashsale.manifests;

import static com.flashsale.manifests.Resource.each;
import static com.flashsale.manifests.Resource.map;
import static com.flashsale.manifests.Resource.texts;

import com.fasterxml.jackson.databind.JsonNode;
import com.flashsale.manifests.Edges.Edge;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The connections that the network policies of a build allow. A connection between two pods needs egress at the one and
 * ingress at the other.
 */
final class AllowedConnections {

    private static final int EVERY_PORT = 0;

    private final JsonNode parties;
    private final List<Ends> ends;

    private AllowedConnections(Build build, Edges edges) {
        parties = edges.parties();
        var policies = build.of("NetworkPolicy").toList();
        ends = build.pods().stream()
                .map(pod -> new Ends(pod, openings(policies, pod, "Ingress"), openings(policies, pod, "Egress")))
                .toList();
    }

    /** One pod with its ingress and egress openings. */
    private record Ends(Pod pod, List<Opening> in, List<Opening> out) {

        String name() {
            return Edges.nameOf(pod);
        }
    }

    /** One rule of a policy: to any of these peers, on any of these ports. */
    private record Opening(List<Peer> peers, Set<Integer> ports) {}

    /** @param outside true: not a pod of this namespace */
    private record Peer(boolean outside, Map<String, String> namespace, Map<String, String> pods, JsonNode block) {

        static Peer of(JsonNode peer) {
            return new Peer(
                    peer.has("namespaceSelector") || peer.has("ipBlock"),
                    map(peer.at("/namespaceSelector/matchLabels")),
                    map(peer.at("/podSelector/matchLabels")),
                    peer.path("ipBlock"));
        }

        boolean selects(Pod pod) {
            return !outside && pod.matches(pods);
        }

        boolean is(JsonNode party) {
            if (!outside) return false;
            if (party.has("namespace")) {
                var labels = Map.of(
                        "kubernetes.io/metadata.name", party.path("namespace").asText());
                return block.isMissingNode()
                        && labels.entrySet().containsAll(namespace.entrySet())
                        && map(party.path("pods")).entrySet().containsAll(pods.entrySet());
            }
            // a block without exceptions covers the cluster's own addresses as well as those outside
            return !block.isMissingNode()
                    && (party.path("outside").asBoolean()
                            || block.path("except").isEmpty());
        }
    }

    static Set<Edge> of(Build build) {
        return new AllowedConnections(build, Edges.read()).all();
    }

    private Set<Edge> all() {
        var allowed = new TreeSet<Edge>();
        for (var from : ends) {
            for (var to : ends) {
                var out = ports(from.out, peer -> peer.selects(to.pod));
                if (out.isEmpty()) continue;
                common(out, ports(to.in, peer -> peer.selects(from.pod)))
                        .forEach(port -> allowed.add(new Edge(from.name(), to.name(), port)));
            }
            parties.properties().stream()
                    .filter(party -> Edges.isOutside(party.getValue()))
                    .forEach(party -> {
                        var name = "(" + party.getKey() + ")";
                        ports(from.out, peer -> peer.is(party.getValue()))
                                .forEach(port -> allowed.add(new Edge(from.name(), name, port)));
                        ports(from.in, peer -> peer.is(party.getValue()))
                                .forEach(port -> allowed.add(new Edge(name, from.name(), port)));
                    });
        }
        return allowed;
    }

    private static Set<Integer> ports(List<Opening> openings, Predicate<Peer> isMeant) {
        var ports = new TreeSet<Integer>();
        for (var opening : openings) {
            if (opening.peers.isEmpty() || opening.peers.stream().anyMatch(isMeant)) ports.addAll(opening.ports);
        }
        return ports;
    }

    private static Set<Integer> common(Set<Integer> these, Set<Integer> those) {
        if (these.contains(EVERY_PORT)) return those;
        if (those.contains(EVERY_PORT)) return these;
        var common = new TreeSet<>(these);
        common.retainAll(those);
        return common;
    }

    private static List<Opening> openings(List<Resource> policies, Pod pod, String direction) {
        var about = policies.stream()
                .filter(policy -> texts(policy.at("/spec/policyTypes")).contains(direction))
                .filter(policy -> pod.matches(map(policy.at("/spec/podSelector/matchLabels"))))
                .toList();
        // without a policy that selects the pod, every connection is open
        if (about.isEmpty()) return List.of(new Opening(List.of(), Set.of(EVERY_PORT)));
        var in = direction.equals("Ingress");
        return about.stream()
                .flatMap(policy -> each(policy.at(in ? "/spec/ingress" : "/spec/egress")))
                .map(rule -> new Opening(
                        each(rule.path(in ? "from" : "to")).map(Peer::of).toList(), portsOf(rule.path("ports"))))
                .toList();
    }

    private static Set<Integer> portsOf(JsonNode ports) {
        if (ports.isEmpty()) return Set.of(EVERY_PORT);
        var numbers = new TreeSet<Integer>();
        each(ports).forEach(port -> numbers.add(port.path("port").asInt()));
        return numbers;
    }
}
