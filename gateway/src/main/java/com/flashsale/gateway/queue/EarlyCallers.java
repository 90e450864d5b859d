package com.flashsale.gateway.queue;

import com.flashsale.gateway.early.EarlyRequest;
import com.flashsale.gateway.limit.RateLimits;
import com.flashsale.gateway.token.Caller;
import com.flashsale.gateway.token.TokenCheck;
import io.netty.handler.codec.http.HttpHeaderNames;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Identifies and charges the caller of an open path on the connection itself. */
@Component
class EarlyCallers {

    private final TokenCheck tokens;
    private final RateLimits limits;

    EarlyCallers(TokenCheck tokens, RateLimits limits) {
        this.tokens = tokens;
        this.limits = limits;
    }

    /** The key of the caller, the customer's id or the address; or a problem. */
    Mono<String> letIn(EarlyRequest request) {
        return tokens.identify(request.headers().getAll(HttpHeaderNames.AUTHORIZATION))
                .map(caller -> {
                    var fault = caller.fault();
                    if (fault != null) throw fault;
                    var refused = limits.refusalHere(caller, request.client());
                    if (refused != null) throw refused;
                    return caller instanceof Caller.Known known
                            ? known.subject()
                            : request.client().network();
                });
    }
}
