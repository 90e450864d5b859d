package com.flashsale.gateway.fastpath;

import com.flashsale.gateway.auth.Caller;
import com.flashsale.gateway.auth.TokenAuthenticator;
import com.flashsale.gateway.queue.QueueSnapshots;
import com.flashsale.gateway.queue.SaleIds;
import com.flashsale.gateway.ratelimit.RateLimits;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Answers polls of a queue whose snapshot is in memory and fresh. A token that was not seen before is checked on the
 * usual path.
 */
@Component
@Order(1)
class QueuePollFastPath implements FastPath {

    private static final String PATH = "/queue";
    private static final Caller NOBODY = new Caller.Anonymous();

    private final QueueSnapshots snapshots;
    private final TokenAuthenticator tokens;
    private final RateLimits limits;
    private final FastPathResponses responses;

    QueuePollFastPath(
            QueueSnapshots snapshots, TokenAuthenticator tokens, RateLimits limits, FastPathResponses responses) {
        this.snapshots = snapshots;
        this.tokens = tokens;
        this.limits = limits;
        this.responses = responses;
    }

    @Override
    public boolean accepts(FastPathRequest request) {
        return request.path().endsWith(PATH) && HttpMethod.GET.equals(request.method());
    }

    @Override
    public @Nullable FullHttpResponse respond(FastPathRequest request, byte[] body) {
        var sale = SaleIds.ofPath(request.path(), PATH);
        var snapshot = sale == null ? null : snapshots.fresh(sale);
        if (snapshot == null || !snapshot.status().isSameCodeAs(HttpStatus.OK) || snapshot.type() == null) return null;
        var caller = knownCaller(request);
        if (caller == null) return null;
        var left = limits.chargeLocally(caller, request.client());
        if (left == null) return null;
        var response =
                responses.of(request, HttpStatus.OK.value(), snapshot.type().toString(), snapshot.body());
        snapshots.cacheHeaders(snapshot).forEach(response.headers()::set);
        left.addTo(response.headers()::set);
        return response;
    }

    /** The anonymous caller, or the owner of a token that was seen before; null where a token must be checked. */
    private @Nullable Caller knownCaller(FastPathRequest request) {
        var sent = request.headers().getAll(HttpHeaderNames.AUTHORIZATION);
        if (sent.isEmpty()) return NOBODY;
        return sent.size() == 1 ? tokens.recent(sent.getFirst()) : null;
    }
}
