package com.flashsale.manifests;

import static com.flashsale.manifests.Resource.each;
import static com.flashsale.manifests.Resource.map;

import com.fasterxml.jackson.databind.JsonNode;
import com.flashsale.manifests.Edges.Edge;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The hosts and ports in the settings of a pod, and the pods of the build that answer there. */
final class Addresses {

    private static final Pattern URL = Pattern.compile("([a-z][a-z0-9+.:]*)://([A-Za-z0-9.-]+)(?::(\\d+))?");
    private static final Pattern HOST_AND_PORT = Pattern.compile("([a-z][a-z0-9.-]*):(\\d{2,5})");
    private static final Map<String, Integer> PORTS = Map.of("http", 80, "https", 443, "jdbc:postgresql", 5432);

    /**
     * A name in tokens and a page that browsers are sent to, which no process connects to; and the registry, whose
     * address is a secret.
     */
    private static final Set<String> NO_ADDRESS =
            Set.of("FLASHSALE_ISSUER", "FLASHSALE_CONTROL_ROOM", "EUREKA_HOSTNAME", "EUREKA_URL");

    private final Build build;

    Addresses(Build build) {
        this.build = build;
    }

    /** @param setting the variable that names the address */
    record Address(String setting, String scheme, String host, int port) {

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /** The addresses in the variables of a container. */
    List<Address> of(JsonNode container) {
        var found = new ArrayList<Address>();
        var variables = PodSettings.variables(build, container);
        variables.forEach((name, value) -> {
            if (NO_ADDRESS.contains(name) || PodSettings.FLAGS.contains(name)) return;
            URL.matcher(value)
                    .results()
                    .forEach(match -> found.add(new Address(
                            name,
                            match.group(1),
                            match.group(2),
                            match.group(3) == null
                                    ? PORTS.getOrDefault(match.group(1), 0)
                                    : Integer.parseInt(match.group(3)))));
            if (value.contains("://")) return;
            for (var part : value.split(",", -1)) {
                var match = HOST_AND_PORT.matcher(part.strip());
                if (match.matches()) found.add(new Address(name, "", match.group(1), Integer.parseInt(match.group(2))));
            }
        });
        var redis = variables.getOrDefault("REDIS_HOST", "");
        if (!redis.isEmpty())
            found.add(new Address("REDIS_HOST", "", redis, number(variables.getOrDefault("REDIS_PORT", "6379"))));
        return found;
    }

    private static int number(String text) {
        return text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
    }

    /** The edges from one kind of pod to an address; none where no pod answers there. */
    Set<Edge> edges(Pod from, Address address) {
        var host = local(address.host());
        if (host.isEmpty()) return Set.of(new Edge(Edges.nameOf(from), "(payment-provider)", address.port()));
        return Stream.of(byService(host.get(), address.port()), byOperator(host.get(), address.port()))
                .flatMap(ends -> ends)
                .map(to -> new Edge(Edges.nameOf(from), to.name(), to.port()))
                .collect(Collectors.toSet());
    }

    /** Whether a Service has the address, of this build or of an operator; whether it has pods is K27's. */
    boolean isKnown(String host, int port) {
        return local(host)
                .map(name -> services(name, port).findAny().isPresent()
                        || byOperator(name, port).findAny().isPresent())
                .orElse(false);
    }

    /** The name of a Service of this namespace; empty for a host outside the cluster. */
    private Optional<String> local(String host) {
        var parts = List.of(host.split("\\.", -1));
        if (parts.size() == 1) return Optional.of(host);
        if (parts.size() > 2 && parts.get(2).equals("svc"))
            return Optional.of(parts.get(1).equals(build.namespace()) ? parts.getFirst() : "");
        return Optional.empty();
    }

    private record End(String name, int port) {}

    private record Offer(Resource service, JsonNode port) {}

    private Stream<Offer> services(String host, int port) {
        return build.find("Service", host).stream()
                .flatMap(service -> each(service.at("/spec/ports"))
                        // a port that is no number is K2's
                        .filter(offered -> !offered.path("port").isInt()
                                || offered.path("port").asInt() == port)
                        .map(offered -> new Offer(service, offered)));
    }

    private Stream<End> byService(String host, int port) {
        return services(host, port).flatMap(offer -> ends(offer.service(), offer.port()));
    }

    private Stream<End> ends(Resource service, JsonNode offered) {
        var selector = map(service.at("/spec/selector"));
        var target = offered.has("targetPort") ? offered.path("targetPort") : offered.path("port");
        return build.pods().stream()
                .filter(pod -> !selector.isEmpty() && pod.matches(selector))
                .flatMap(pod -> pod.port(target).stream().map(number -> new End(Edges.nameOf(pod), number)));
    }

    /** Services that operators make: CloudNativePG's for a Cluster, Strimzi's for the internal listeners. */
    private Stream<End> byOperator(String host, int port) {
        var databases = build.clusters()
                .filter(cluster -> port == 5432 && host.matches(Pattern.quote(cluster.name()) + "-(rw|ro|r)"))
                .map(cluster -> new End(cluster.toString(), port));
        var brokers = build.of("Kafka")
                .filter(kafka -> host.equals(kafka.name() + "-kafka-bootstrap"))
                .filter(kafka -> each(kafka.at("/spec/kafka/listeners"))
                        .anyMatch(listener -> listener.path("port").asInt() == port))
                .map(kafka -> new End(kafka.toString(), port));
        return Stream.concat(databases, brokers);
    }
}
