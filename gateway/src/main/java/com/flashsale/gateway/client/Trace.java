package com.flashsale.gateway.client;

import com.flashsale.platform.observability.TraceContext;
import org.springframework.web.server.ServerWebExchange;

/** The trace context of an exchange: the client's if it sent a valid one, else a new one. */
public final class Trace {

    private static final String ATTRIBUTE = TraceContext.class.getName();

    private Trace() {}

    public static TraceContext of(ServerWebExchange exchange) {
        return (TraceContext) exchange.getAttributes().computeIfAbsent(ATTRIBUTE, _ -> {
            var sent = exchange.getRequest().getHeaders().getOrEmpty(TraceContext.HEADER);
            return TraceContext.ofRequest(sent.size() == 1 ? sent.getFirst() : null);
        });
    }
}
