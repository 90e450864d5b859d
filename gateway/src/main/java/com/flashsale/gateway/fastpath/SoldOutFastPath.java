package com.flashsale.gateway.fastpath;

import com.flashsale.gateway.auth.TokenAuthenticator;
import com.flashsale.gateway.queue.SaleIds;
import com.flashsale.gateway.queue.SoldOutRouterFunction;
import com.flashsale.gateway.ratelimit.RateLimits;
import com.flashsale.gateway.switches.StoppedRequests;
import com.flashsale.platform.observability.LoadTest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/**
 * Answers joins of a sold-out sale by customers with a known token, for their first few joins: no other process has to
 * be asked.
 */
@Component
@Order(2)
public class SoldOutFastPath implements FastPath {

    private static final String PATH = "/queue-tickets";

    private final StoppedRequests stopped;
    private final SoldOutRouterFunction soldOut;
    private final TokenAuthenticator tokens;
    private final RateLimits limits;
    private final FastPathResponses responses;

    SoldOutFastPath(
            StoppedRequests stopped,
            SoldOutRouterFunction soldOut,
            TokenAuthenticator tokens,
            RateLimits limits,
            FastPathResponses responses) {
        this.stopped = stopped;
        this.soldOut = soldOut;
        this.tokens = tokens;
        this.limits = limits;
        this.responses = responses;
    }

    @Override
    public boolean accepts(FastPathRequest request) {
        // a stopped join has another answer, which the next steps give
        return isJoin(request) && stopped.refusalOf(request.method(), request.path()) == null;
    }

    @Override
    public @Nullable FullHttpResponse respond(FastPathRequest request, byte[] body) {
        var sale = saleOf(request);
        var sent = request.headers().getAll(HttpHeaderNames.AUTHORIZATION);
        if (sale == null || sent.size() != 1 || !showsNoTicket(request, body)) return null;
        var caller = tokens.recent(sent.getFirst());
        if (caller == null) return null;
        var loadTest = caller.loadTestOf(request.headers().get(LoadTest.HEADER));
        if (!soldOut.isForNewcomer(sale, caller, loadTest, request.trace())) return null;
        var left = limits.chargeUnreported(caller);
        if (left == null) return null;
        var response = responses.problem(request, soldOut.refusal(sale));
        left.addTo(response.headers()::set);
        return response;
    }

    private static boolean isJoin(FastPathRequest request) {
        return request.path().endsWith(PATH) && HttpMethod.POST.equals(request.method());
    }

    public static @Nullable UUID saleOf(FastPathRequest request) {
        return SaleIds.ofPath(request.path(), PATH);
    }

    public static boolean isJoinWithoutTicket(FastPathRequest request, byte[] body) {
        return isJoin(request) && showsNoTicket(request, body);
    }

    private static boolean showsNoTicket(FastPathRequest request, byte[] body) {
        return body.length <= SoldOutRouterFunction.LONGEST_WITHOUT_TICKET
                && SoldOutRouterFunction.showsNoTicket(
                        request.headers().get(HttpHeaderNames.CONTENT_TYPE), new String(body, StandardCharsets.UTF_8));
    }
}
