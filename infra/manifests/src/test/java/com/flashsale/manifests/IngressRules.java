package com.flashsale.manifests;

import static com.flashsale.manifests.Resource.each;
import static com.flashsale.manifests.Resource.map;
import static com.flashsale.manifests.Resource.texts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** K30, K31: the way in from the internet. */
final class IngressRules {

    static final List<Rule> RULES = List.of(
            new Rule("K30", "the public entry is encrypted and bounded", IngressRules::encryptedAndBounded),
            new Rule("K31", "the gateway trusts our proxies only", IngressRules::trustsOurProxiesOnly));

    private static final Pattern PRIVATE = Pattern.compile(
            "(10\\.|192\\.168\\.|172\\.(1[6-9]|2\\d|3[01])\\.|100\\.(6[4-9]|[7-9]\\d|1[01]\\d|12[0-7])\\.).*/(\\d+)");
    private static final int WIDEST = 8;

    private IngressRules() {}

    private static void encryptedAndBounded(Build build, Consumer<String> broken) {
        if (!build.isOperated()) return;
        if (build.of("Gateway").count() != 1) broken.accept("there is no public entry, or more than one");
        if (build.of("HTTPRoute").findAny().isEmpty()) broken.accept("no route leads in");
        build.of("Gateway")
                .forEach(gateway -> each(gateway.at("/spec/listeners"))
                        .forEach(listener -> hasCertificate(build, gateway, listener, broken)));
        // cert-manager would make a second Certificate for the Secret of the first
        build.of("Gateway")
                .filter(gateway -> map(gateway.at("/metadata/annotations")).keySet().stream()
                        .anyMatch(name -> name.startsWith("cert-manager.io/")))
                .forEach(gateway -> broken.accept(gateway + ": asks for a certificate that it has"));
        build.of("HTTPRoute").forEach(route -> leadsToTheGateway(build, route, broken));
        build.of("Ingress", "TCPRoute", "TLSRoute", "UDPRoute", "GRPCRoute", "ReferenceGrant")
                .forEach(other -> broken.accept(other + ": is another way in"));
        streamsAreEndless(build, broken);
    }

    /** Each stream of the gateway's table of endpoints has a route without a time limit. */
    private static void streamsAreEndless(Build build, Consumer<String> broken) {
        var endless = build.of("HTTPRoute")
                .flatMap(route -> each(route.at("/spec/rules")))
                .filter(rule -> rule.at("/timeouts/request").asText().equals("0s"))
                .flatMap(rule -> each(rule.path("matches")))
                .toList();
        for (var stream : Settings.inCode("gateway", "Endpoint\\.of\\(\"([^\"]+/events)\"")) {
            var path = stream.replaceAll("\\{[^}]+}", "4711");
            if (endless.stream().noneMatch(match -> isMatched(match, path)))
                broken.accept("no route without a time limit for " + stream);
        }
    }

    private static boolean isMatched(JsonNode match, String path) {
        var value = match.at("/path/value").asText();
        return switch (match.at("/path/type").asText()) {
            case "RegularExpression" -> path.matches(value);
            case "Exact" -> path.equals(value);
            default -> path.equals(value) || path.startsWith(value.endsWith("/") ? value : value + "/");
        };
    }

    private static void hasCertificate(Build build, Resource gateway, JsonNode listener, Consumer<String> broken) {
        var host = listener.path("hostname").asText();
        if (host.isEmpty() || host.contains("*")) broken.accept(gateway + ": takes requests for any host");
        if (!listener.at("/allowedRoutes/namespaces/from").asText("Same").equals("Same"))
            broken.accept(gateway + ": takes routes of other namespaces");
        if (!Set.of("HTTP", "HTTPS").contains(listener.path("protocol").asText()))
            broken.accept(gateway + ": listens for more than HTTP");
        if (!isEncrypted(listener)) return;
        if (!listener.at("/tls/mode").asText("Terminate").equals("Terminate"))
            broken.accept(gateway + ": does not end TLS");
        var certificate = listener.at("/tls/certificateRefs/0/name").asText();
        if (build.of("Certificate")
                .noneMatch(found -> found.text("/spec/secretName").equals(certificate)
                        && texts(found.at("/spec/dnsNames")).contains(host))) {
            broken.accept(gateway + ": no certificate for " + host);
        }
    }

    private static boolean isEncrypted(JsonNode listener) {
        return listener.path("protocol").asText().equals("HTTPS");
    }

    private static void leadsToTheGateway(Build build, Resource route, Consumer<String> broken) {
        var hosts = texts(route.at("/spec/hostnames"));
        if (!build.has("Gateway", route.text("/spec/parentRefs/0/name")))
            broken.accept(route + ": hangs on no Gateway of this build");
        if (hosts.isEmpty() || hosts.stream().anyMatch(host -> host.contains("*")))
            broken.accept(route + ": takes requests for any host");
        var name = route.text("/spec/parentRefs/0/sectionName");
        var encrypted = build.of("Gateway")
                .flatMap(gateway -> each(gateway.at("/spec/listeners")))
                .anyMatch(listener -> listener.path("name").asText().equals(name) && isEncrypted(listener));
        each(route.at("/spec/rules")).forEach(rule -> {
            if (!encrypted) {
                if (rule.has("backendRefs")) broken.accept(route + ": forwards requests without TLS");
                return;
            }
            outlastsTheGateway(route, rule, broken);
            each(rule.path("backendRefs"))
                    .filter(backend -> !isGateway(build, backend))
                    .forEach(backend -> broken.accept(route + ": leads to " + backend));
            each(rule.path("filters"))
                    .map(filter -> filter.path("type").asText())
                    .forEach(filter -> broken.accept(route + ": changes or copies messages by " + filter));
        });
    }

    private static boolean isGateway(Build build, JsonNode backend) {
        var answering = new Addresses(build)
                .isKnown(backend.path("name").asText(), backend.path("port").asInt());
        return answering
                && backend.path("name").asText().startsWith("gateway")
                && !backend.has("namespace")
                && backend.path("kind").asText("Service").equals("Service");
    }

    private static void outlastsTheGateway(Resource route, JsonNode rule, Consumer<String> broken) {
        var exchange =
                Settings.of("gateway").duration("gateway.timeout.exchange").toSeconds();
        var timeout = rule.at("/timeouts/request").asText();
        var stream = rule.at("/matches/0/path/value").asText().contains("events");
        if (!timeout.matches("\\d+s")) broken.accept(route + ": has no time limit in seconds");
        else if (stream != timeout.equals("0s")) broken.accept(route + ": a stream has no end, a request has one");
        else if (!stream && Integer.parseInt(timeout.replace("s", "")) <= exchange)
            broken.accept(route + ": times out before the gateway does");
    }

    private static void trustsOurProxiesOnly(Build build, Consumer<String> broken) {
        var trusted = build.platform("FLASHSALE_TRUSTED_PROXIES");
        if (build.of("Gateway").findAny().isEmpty()) {
            // a load test names the addresses of its visitors
            var crowd = build.pods().stream().anyMatch(pod -> pod.name().equals("load-test"));
            if (crowd && trusted.isEmpty()) broken.accept("all visitors of the load test share one address");
            if (!crowd && !trusted.isEmpty()) broken.accept("trusts proxies without a public entry");
            blocks(trusted, broken);
            return;
        }
        if (trusted.isEmpty()) broken.accept("every client has the proxy's address and shares its limit");
        blocks(trusted, broken);
        var gateway = Settings.of("gateway");
        if (Quantities.bytes(gateway.get("gateway.load.max-body"))
                > Quantities.bytes(Settings.of("order-service").get("platform.web.max-body"))) {
            broken.accept("the gateway accepts larger bodies than a service");
        }
        for (var limit : List.of("FLASHSALE_ADDRESS_RATE", "FLASHSALE_ADDRESS_BURST")) {
            var stated = build.platform(limit);
            if (!stated.matches("[1-9]\\d*")
                    || Integer.parseInt(stated) > 10 * gateway.number("gateway.limit.address.burst")) {
                broken.accept(limit + " is no limit: " + stated);
            }
        }
        build.find("Deployment", "gateway").map(Build::pod).stream()
                .flatMap(Pod::containers)
                .forEach(container -> {
                    for (var name :
                            List.of("FLASHSALE_TRUSTED_PROXIES", "FLASHSALE_ADDRESS_RATE", "FLASHSALE_ADDRESS_BURST")) {
                        if (!Pod.hasEnv(container, name)) broken.accept("the gateway does not get " + name);
                    }
                });
    }

    private static void blocks(String trusted, Consumer<String> broken) {
        for (var block : trusted.isEmpty() ? List.<String>of() : List.of(trusted.split(",", -1))) {
            var match = PRIVATE.matcher(block);
            if (!match.matches() || Integer.parseInt(match.group(4)) < WIDEST)
                broken.accept("trusts " + block + ", which is too wide or public");
        }
    }
}
