package com.flashsale.gateway.edge;

import java.time.InstantSource;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** What every answer carries, set at the last moment; a service's own stricter or looser policy is kept. */
@Component
public class AnswerHeaders {

    private static final String CONTENT_POLICY =
            "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'";
    private static final String ONE_YEAR = "max-age=31536000; includeSubDomains";

    private final InstantSource clock = InstantSource.system();

    public void addTo(ServerWebExchange exchange) {
        var response = exchange.getResponse();
        response.beforeCommit(() -> Mono.fromRunnable(() -> {
            var headers = response.getHeaders();
            // browsers set their countdown by it
            if (!headers.containsHeader(HttpHeaders.DATE)) headers.setDate(clock.millis());
            headers.set("X-Trace-Id", Trace.of(exchange).traceId());
            setIfAbsent(headers, "X-Content-Type-Options", "nosniff");
            setIfAbsent(headers, "X-Frame-Options", "DENY");
            setIfAbsent(headers, "Referrer-Policy", "no-referrer");
            setIfAbsent(headers, "Content-Security-Policy", CONTENT_POLICY);
            setIfAbsent(headers, "Permissions-Policy", "camera=(), geolocation=(), microphone=()");
            if (Client.of(exchange).scheme().equals("https"))
                setIfAbsent(headers, "Strict-Transport-Security", ONE_YEAR);
        }));
    }

    private static void setIfAbsent(HttpHeaders headers, String name, String value) {
        if (!headers.containsHeader(name)) headers.set(name, value);
    }
}
