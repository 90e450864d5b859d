package com.flashsale.gateway.upstream;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.CLIENT_RESPONSE_CONN_ATTR;

import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.netty.Connection;

/**
 * Ends the connection of a response that arrives when its attempt is over. A time limit, or the end of the client, may
 * come in the moment between the arrival of the response and its note in the exchange. Spring Cloud Gateway 5.0.2 has
 * looked for a connection by then and has found none, so the connection and the buffers of the body would leak
 * (spring-cloud-gateway#4283).
 */
@Component
class AbandonedResponseFilter implements HttpHeadersFilter {

    @Override
    public boolean supports(Type type) {
        return type == Type.RESPONSE;
    }

    @Override
    public HttpHeaders filter(HttpHeaders headers, ServerWebExchange exchange) {
        if (exchange.getAttribute(Attempt.ATTRIBUTE) instanceof Attempt attempt
                && attempt.isOver()
                && exchange.getAttribute(CLIENT_RESPONSE_CONN_ATTR) instanceof Connection late) {
            late.dispose();
        }
        return headers;
    }
}
