package com.flashsale.gateway.response;

import com.flashsale.gateway.client.Client;
import com.flashsale.gateway.client.Trace;
import com.flashsale.platform.observability.TraceContext;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.BiConsumer;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Headers of every response, set at the last moment; a service's own stricter or looser policy is kept. */
@Component
public class ResponseHeaders {

    private static final String TRACE_ID = "X-Trace-Id";

    private static final String CONTENT_POLICY =
            "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'";
    private static final Map<String, String> ALWAYS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Content-Security-Policy", CONTENT_POLICY,
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    private static final String ONE_YEAR = "max-age=31536000; includeSubDomains";

    private final InstantSource clock = InstantSource.system();

    public void addTo(ServerWebExchange exchange) {
        var response = exchange.getResponse();
        response.beforeCommit(() -> Mono.fromRunnable(() -> {
            var headers = response.getHeaders();
            // browsers set their countdown by this date
            if (!headers.containsHeader(HttpHeaders.DATE)) headers.setDate(clock.millis());
            add(Trace.of(exchange), Client.of(exchange), (name, value) -> {
                if (!headers.containsHeader(name)) headers.set(name, value);
            });
        }));
    }

    /** Adds all of these headers but the date. */
    public static void add(TraceContext trace, Client client, BiConsumer<String, String> headers) {
        headers.accept(TRACE_ID, trace.traceId());
        ALWAYS.forEach(headers);
        if (client.scheme().equals("https")) headers.accept("Strict-Transport-Security", ONE_YEAR);
    }
}
