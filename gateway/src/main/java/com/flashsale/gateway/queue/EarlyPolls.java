package com.flashsale.gateway.queue;

import com.flashsale.gateway.early.EarlyAnswer;
import com.flashsale.gateway.early.EarlyRequest;
import com.flashsale.gateway.early.EarlyResponses;
import com.flashsale.gateway.limit.RateLimits;
import com.flashsale.gateway.token.TokenCheck;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Polls of a queue of which an answer is in memory and new. A token that was not seen before is looked at the usual way. */
@Component
@Order(1)
class EarlyPolls implements EarlyAnswer {

    private static final String PATH = "/queue";

    private final QueueSnapshots snapshots;
    private final TokenCheck tokens;
    private final RateLimits limits;
    private final EarlyResponses responses;

    EarlyPolls(QueueSnapshots snapshots, TokenCheck tokens, RateLimits limits, EarlyResponses responses) {
        this.snapshots = snapshots;
        this.tokens = tokens;
        this.limits = limits;
        this.responses = responses;
    }

    @Override
    public boolean isAbout(EarlyRequest request) {
        return request.path().endsWith(PATH) && HttpMethod.GET.equals(request.method());
    }

    @Override
    public @Nullable FullHttpResponse to(EarlyRequest request, byte[] body) {
        var sale = SaleIds.ofPath(request.path(), PATH);
        var snapshot = sale == null ? null : snapshots.newOne(sale);
        if (snapshot == null || !snapshot.status().isSameCodeAs(HttpStatus.OK) || snapshot.type() == null) return null;
        if (!showsNoneOrKnownToken(request)) return null;
        var left = limits.chargeHere(request.client());
        if (left == null) return null;
        var response =
                responses.of(request, HttpStatus.OK.value(), snapshot.type().toString(), snapshot.body());
        snapshots.cacheHeaders(snapshot).forEach(response.headers()::set);
        left.addTo(response.headers()::set);
        return response;
    }

    private boolean showsNoneOrKnownToken(EarlyRequest request) {
        var sent = request.headers().getAll(HttpHeaderNames.AUTHORIZATION);
        return sent.isEmpty() || (sent.size() == 1 && tokens.recent(sent.getFirst()) != null);
    }
}
