package com.flashsale.gateway.upstream;

import com.flashsale.gateway.auth.Caller;
import com.flashsale.gateway.auth.VerifiedTokenStamps;
import com.flashsale.gateway.client.Client;
import com.flashsale.gateway.client.Trace;
import com.flashsale.gateway.route.Endpoint;
import com.flashsale.gateway.route.Upstream;
import com.flashsale.platform.observability.LoadTest;
import com.flashsale.platform.observability.TraceContext;
import com.flashsale.platform.token.VerifiedTokenStamp;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * The headers that a service receives. Headers that a service could take for the gateway's word about the client are
 * removed and set anew, so that a service may trust them. Runs last, after the gateway's own filters have removed the
 * hop-by-hop headers.
 */
@Component
public class UpstreamHeadersFilter implements HttpHeadersFilter, Ordered {

    private static final String LOAD_TEST = LoadTest.HEADER.toLowerCase(Locale.ROOT);
    private static final Set<String> REMOVED = Set.of(
            "forwarded",
            "x-real-ip",
            "baggage",
            "expect",
            "http2-settings",
            VerifiedTokenStamp.HEADER.toLowerCase(Locale.ROOT));
    private static final Set<String> NEEDED = Set.of("host", "authorization", "content-length", "content-type");
    private static final Set<String> REMOVED_PREFIXES = Set.of("x-forwarded-", "x-user-");

    private final VerifiedTokenStamps stamps;

    UpstreamHeadersFilter(VerifiedTokenStamps stamps) {
        this.stamps = stamps;
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public HttpHeaders filter(HttpHeaders input, ServerWebExchange exchange) {
        var client = Client.of(exchange);
        var output = new HttpHeaders();
        var nominated = nominatedBy(exchange.getRequest().getHeaders());
        input.forEach((name, values) -> {
            var lower = name.toLowerCase(Locale.ROOT);
            if (!nominated.contains(lower) && mayPass(lower, exchange)) output.addAll(name, values);
        });
        output.set(TraceContext.HEADER, Trace.of(exchange).traceparent());
        output.set("X-Forwarded-For", client.address().getHostAddress());
        output.set("X-Forwarded-Proto", client.scheme());
        output.set("X-Forwarded-Host", client.host());
        output.set("X-Forwarded-Port", Integer.toString(client.port()));
        stamps.ofCaller(exchange).ifPresent(stamp -> output.set(VerifiedTokenStamp.HEADER, stamp));
        return output;
    }

    /**
     * Headers that the client means for this connection only (RFC 9110, section 7.6.1); never those that the gateway
     * relies on.
     */
    private static Set<String> nominatedBy(HttpHeaders sent) {
        var connection = sent.getFirst(HttpHeaders.CONNECTION);
        if (connection == null || connection.equalsIgnoreCase("keep-alive") || connection.equalsIgnoreCase("close")) {
            return Set.of();
        }
        return Stream.of(connection.toLowerCase(Locale.ROOT).split(","))
                .map(String::strip)
                .filter(name -> !NEEDED.contains(name))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Only the sign-in pages have a session; elsewhere a cookie would be an identity without a check. The name of a
     * load test comes only from callers who may run one.
     */
    private static boolean mayPass(String name, ServerWebExchange exchange) {
        if (name.equals("cookie")) return Endpoint.of(exchange).upstream() == Upstream.AUTH;
        if (name.equals(LOAD_TEST)) return Caller.of(exchange) instanceof Caller.Known known && known.runsLoadTests();
        return !isGatewaysWord(name);
    }

    /** Whether a service could take this header, in lower case, for the gateway's word. */
    public static boolean isGatewaysWord(String name) {
        if (REMOVED.contains(name)) return true;
        for (var prefix : REMOVED_PREFIXES) {
            if (name.startsWith(prefix)) return true;
        }
        return false;
    }
}
