package com.flashsale.gateway.client;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * Decides who the client is. Forwarded headers count only from trusted proxies, read from the right, up to the first
 * untrusted hop.
 */
@Component
public class Clients {

    private static final int MOST_HOPS = 16;
    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final Pattern HOST = Pattern.compile("[a-zA-Z0-9._:\\[\\]-]{1,255}");

    private final List<Cidr> trusted;

    Clients(EdgeSettings settings) {
        trusted = settings.trustedProxies().stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(Cidr::of)
                .toList();
    }

    public void identify(ServerWebExchange exchange) {
        var request = exchange.getRequest();
        var peer = Optional.ofNullable(request.getRemoteAddress())
                .map(InetSocketAddress::getAddress)
                .orElseGet(InetAddress::getLoopbackAddress);
        of(peer, request.getURI().getScheme(), request.getHeaders()::getOrEmpty).attachTo(exchange);
    }

    /** @param headers all values that were sent of a header */
    public Client of(InetAddress peer, String scheme, Function<String, List<String>> headers) {
        var host = first(headers, HttpHeaders.HOST).orElse("");
        if (!isTrusted(peer)) return new Client(peer, scheme, host);
        var forwarded = Forwarded.of(headers);
        return new Client(
                nearestUntrusted(peer, forwarded.hops()),
                forwarded.proto().filter(SCHEMES::contains).orElse(scheme),
                forwarded.host().filter(HOST.asMatchPredicate()).orElse(host));
    }

    private static Optional<String> first(Function<String, List<String>> headers, String name) {
        return headers.apply(name).stream().findFirst();
    }

    private InetAddress nearestUntrusted(InetAddress peer, List<String> hops) {
        var nearest = peer;
        for (var i = hops.size() - 1; i >= Math.max(0, hops.size() - MOST_HOPS); i--) {
            var hop = Forwarded.addressOrNull(hops.get(i));
            if (hop == null) return nearest;
            nearest = hop;
            if (!isTrusted(hop)) return nearest;
        }
        return nearest;
    }

    private boolean isTrusted(InetAddress address) {
        return trusted.stream().anyMatch(block -> block.contains(address));
    }
}
