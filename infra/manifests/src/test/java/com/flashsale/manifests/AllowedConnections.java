package com.flashsale.manifests;

import static com.flashsale.manifests.Resource.each;
import static com.flashsale.manifests.Resource.map;
import static com.flashsale.manifests.Resource.texts;

import com.fasterxml.jackson.databind.JsonNode;
import com.flashsale.manifests.Edges.Edge;
import java.util.Comparator;
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

    private static final Port EVERY_PORT = new Port(0, "TCP");
    private static final String UNLISTED = "(a party that no list names)";

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
    private record Opening(List<Peer> peers, Set<Port> ports) {}

    private record Port(int number, String protocol) implements Comparable<Port> {

        Edge edge(String from, String to) {
            return new Edge(from, to, number, protocol);
        }

        @Override
        public int compareTo(Port other) {
            return Comparator.comparing(Port::number)
                    .thenComparing(Port::protocol)
                    .compare(this, other);
        }
    }

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
            // a block that reaches private addresses reaches the cluster as well as the outside
            return !block.isMissingNode() && (party.path("outside").asBoolean() || Blocks.reachesPrivate(block));
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
                        .forEach(port -> allowed.add(port.edge(from.name(), to.name())));
            }
            parties.properties().stream()
                    .filter(party -> Edges.isOutside(party.getValue()))
                    .forEach(party -> {
                        var name = "(" + party.getKey() + ")";
                        ports(from.out, peer -> peer.is(party.getValue()))
                                .forEach(port -> allowed.add(port.edge(from.name(), name)));
                        ports(from.in, peer -> peer.is(party.getValue()))
                                .forEach(port -> allowed.add(port.edge(name, from.name())));
                    });
            ports(from.out, this::isUnlisted).forEach(port -> allowed.add(port.edge(from.name(), UNLISTED)));
            ports(from.in, this::isUnlisted).forEach(port -> allowed.add(port.edge(UNLISTED, from.name())));
        }
        return allowed;
    }

    /** A peer outside of the namespace that is none of the parties. */
    private boolean isUnlisted(Peer peer) {
        return peer.outside
                && parties.properties().stream()
                        .filter(party -> Edges.isOutside(party.getValue()))
                        .noneMatch(party -> peer.is(party.getValue()));
    }

    private static Set<Port> ports(List<Opening> openings, Predicate<Peer> isMeant) {
        var ports = new TreeSet<Port>();
        for (var opening : openings) {
            if (opening.peers.isEmpty() || opening.peers.stream().anyMatch(isMeant)) ports.addAll(opening.ports);
        }
        return ports;
    }

    private static Set<Port> common(Set<Port> these, Set<Port> those) {
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

    private static Set<Port> portsOf(JsonNode ports) {
        if (ports.isEmpty()) return Set.of(EVERY_PORT);
        var numbers = new TreeSet<Port>();
        each(ports)
                .forEach(port -> numbers.add(new Port(
                        port.path("port").asInt(), port.path("protocol").asText("TCP"))));
        return numbers;
    }
}
