package com.flashsale.gateway.fastpath;

import com.flashsale.gateway.overload.ConcurrencyLimiter;
import io.netty.handler.codec.http.FullHttpResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Refuses requests without room before they cost a token check, a round trip or a line of the log. Under a flood most
 * requests are refused. Runs last, since final answers come first: a customer does not return after learning that a
 * sale is sold out.
 */
@Component
@Order(OverloadFastPath.LAST)
class OverloadFastPath implements FastPath {

    static final int LAST = 100;

    private final ConcurrencyLimiter limiter;
    private final FastPathResponses responses;

    OverloadFastPath(ConcurrencyLimiter limiter, FastPathResponses responses) {
        this.limiter = limiter;
        this.responses = responses;
    }

    @Override
    public boolean accepts(FastPathRequest request) {
        return limiter.isCrowded();
    }

    @Override
    public @Nullable FullHttpResponse respond(FastPathRequest request, byte[] body) {
        var priority = request.endpoint().priority();
        if (!limiter.isFull(priority)) return null;
        limiter.countRefused(priority);
        return responses.problem(request, ConcurrencyLimiter.overloaded());
    }

    @Override
    public void forwarded(FastPathRequest request) {
        limiter.arrived(request.endpoint().priority());
    }

    @Override
    public void ended(FastPathRequest request) {
        limiter.answered(request.endpoint().priority());
    }
}
