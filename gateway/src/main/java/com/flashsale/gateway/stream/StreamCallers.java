package com.flashsale.gateway.stream;

import com.flashsale.gateway.auth.Caller;
import com.flashsale.gateway.auth.TokenAuthenticator;
import com.flashsale.gateway.fastpath.FastPathRequest;
import com.flashsale.gateway.ratelimit.RateLimits;
import io.netty.handler.codec.http.HttpHeaderNames;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Identifies and charges the caller of an open path on the connection itself. */
@Component
class StreamCallers {

    private final TokenAuthenticator tokens;
    private final RateLimits limits;

    StreamCallers(TokenAuthenticator tokens, RateLimits limits) {
        this.tokens = tokens;
        this.limits = limits;
    }

    /** The key of the caller, the customer's id or the address; or a problem. */
    Mono<String> identify(FastPathRequest request) {
        return tokens.identify(request.headers().getAll(HttpHeaderNames.AUTHORIZATION))
                .map(caller -> {
                    var fault = caller.fault();
                    if (fault != null) throw fault;
                    var refused = limits.refusalByLocalLimit(caller, request.client());
                    if (refused != null) throw refused;
                    return caller instanceof Caller.Known known
                            ? known.subject()
                            : request.client().network();
                });
    }
}
