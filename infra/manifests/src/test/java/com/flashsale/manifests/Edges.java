package com.flashsale.manifests;

import static com.flashsale.manifests.Resource.each;
import static com.flashsale.manifests.Resource.map;
import static com.flashsale.manifests.Resource.texts;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The edges of {@code k8s/edges.yaml}: the connections that one party opens to another. {@link AllowedConnections} has
 * the connections that the policies allow.
 */
record Edges(JsonNode parties, List<JsonNode> edges) {

    private static final JsonNode FILE =
            Overlays.parse(Settings.read(Path.of("k8s/edges.yaml"))).getFirst().json();

    static Edges read() {
        return new Edges(FILE.path("parties"), each(FILE.path("edges")).toList());
    }

    /**
     * Two ends, a port and a protocol. An end is a kind of pod of the build, or a party outside, in brackets. Port 0
     * stands for every port.
     */
    record Edge(String from, String to, int port, String protocol) implements Comparable<Edge> {

        private static final Comparator<Edge> ORDER = Comparator.comparing(Edge::from)
                .thenComparing(Edge::to)
                .thenComparing(Edge::port)
                .thenComparing(Edge::protocol);

        Edge(String from, String to, int port) {
            this(from, to, port, "TCP");
        }

        @Override
        public int compareTo(Edge other) {
            return ORDER.compare(this, other);
        }

        @Override
        public String toString() {
            return from + " -> " + to + ":" + port + (protocol.equals("TCP") ? "" : "/" + protocol);
        }
    }

    Set<Edge> expectedOf(Build build) {
        var pods = build.pods();
        var expected = new TreeSet<Edge>();
        for (var edge : edges) {
            if (edge.has("unless") && !ends(pods, edge.path("unless").asText()).isEmpty()) continue;
            for (var from : ends(pods, edge.path("from").asText())) {
                for (var to : ends(pods, edge.path("to").asText())) {
                    for (var protocol : protocols(edge))
                        expected.add(new Edge(from, to, edge.path("port").asInt(), protocol));
                }
            }
        }
        return expected;
    }

    private static List<String> protocols(JsonNode edge) {
        return edge.has("protocols") ? texts(edge.path("protocols")) : List.of("TCP");
    }

    private List<String> ends(List<Pod> pods, String party) {
        var described = parties.path(party);
        if (described.isMissingNode()) throw new IllegalStateException("no party " + party);
        if (isOutside(described)) return List.of("(" + party + ")");
        var selector = map(described.path("pods"));
        return pods.stream()
                .filter(pod -> pod.matches(selector))
                .map(Edges::nameOf)
                .distinct()
                .toList();
    }

    static boolean isOutside(JsonNode party) {
        return !party.has("pods") || party.has("namespace");
    }

    static String nameOf(Pod pod) {
        var engine = pod.labels().getOrDefault("flash-sale.example/engine", "");
        return pod.owner() + (engine.endsWith("-support") ? " (support)" : "");
    }
}
