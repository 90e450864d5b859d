package com.flashsale.gateway.forward;

import com.flashsale.gateway.auth.Caller;
import com.flashsale.gateway.fastpath.ClientConnection;
import com.flashsale.gateway.fastpath.FastPathForwarder.ForwardedRequest;
import com.flashsale.gateway.fastpath.FastPathRecorder;
import com.flashsale.gateway.fastpath.FastPathRequest;
import com.flashsale.gateway.overload.ConcurrencyLimiter;
import com.flashsale.gateway.ratelimit.RateLimits.RateLimitHeaders;
import com.flashsale.gateway.route.TimeoutSettings;
import com.flashsale.gateway.upstream.UpstreamCalls;
import com.flashsale.platform.problem.ProblemException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The parts that all forwarded requests share. */
@Component
record ForwardedRequests(
        UpstreamCalls calls,
        UpstreamConnections connections,
        UpstreamRequests requests,
        RelayedResponses responses,
        ConcurrencyLimiter limiter,
        FastPathRecorder records,
        TimeoutSettings timeouts) {

    /**
     * A request that has its caller and its charge.
     *
     * @param limit the headers about the charge
     * @param refusal of a stopped request or a join of a sold-out sale; null for all others
     */
    record Admitted(
            FastPathRequest request,
            Caller.Known caller,
            RateLimitHeaders limit,
            byte[] body,
            @Nullable Supplier<ProblemException> refusal) {}

    /** @param ended runs once, when the response is over */
    ForwardedRequest of(Admitted admitted, ClientConnection client, Runnable ended) {
        return new ForwardedCall(this, admitted, client, ended);
    }
}
