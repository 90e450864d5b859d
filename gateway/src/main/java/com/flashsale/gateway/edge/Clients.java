package com.flashsale.gateway.edge;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/** Decides who the client is. Forwarded headers count only from trusted proxies, read from the right, up to the first untrusted hop. */
@Component
public class Clients {

    private static final int MOST_HOPS = 16;

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
        return new Client(
                nearestUntrusted(peer, headers),
                first(headers, "X-Forwarded-Proto").filter("https"::equals).orElse(scheme),
                first(headers, "X-Forwarded-Host").orElse(host));
    }

    private static Optional<String> first(Function<String, List<String>> headers, String name) {
        return headers.apply(name).stream().findFirst();
    }

    private InetAddress nearestUntrusted(InetAddress peer, Function<String, List<String>> headers) {
        var hops = String.join(",", headers.apply("X-Forwarded-For")).split(",", -1);
        var nearest = peer;
        for (var i = hops.length - 1; i >= Math.max(0, hops.length - MOST_HOPS); i--) {
            var hop = addressOrNull(hops[i].strip());
            if (hop == null) return nearest;
            nearest = hop;
            if (!isTrusted(hop)) return nearest;
        }
        return nearest;
    }

    private boolean isTrusted(InetAddress address) {
        return trusted.stream().anyMatch(block -> block.contains(address));
    }

    private static @Nullable InetAddress addressOrNull(String text) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
