package com.flashsale.gateway.forward;

import com.flashsale.gateway.auth.Caller;
import com.flashsale.gateway.auth.TokenAuthenticator;
import com.flashsale.gateway.fastpath.ClientConnection;
import com.flashsale.gateway.fastpath.FastPathForwarder;
import com.flashsale.gateway.fastpath.FastPathRequest;
import com.flashsale.gateway.fastpath.SoldOutFastPath;
import com.flashsale.gateway.forward.ForwardedRequests.Admitted;
import com.flashsale.gateway.queue.SoldOutRouterFunction;
import com.flashsale.gateway.ratelimit.RateLimits;
import com.flashsale.gateway.route.Endpoint;
import com.flashsale.gateway.route.RateLimitScope;
import com.flashsale.gateway.route.Upstream;
import com.flashsale.gateway.switches.StoppedRequests;
import com.flashsale.gateway.upstream.UpstreamCalls;
import com.flashsale.platform.observability.LoadTest;
import com.flashsale.platform.problem.ProblemException;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/**
 * Decides which requests are forwarded on the connection: those of customers to waitlist-service and order-service that
 * begin a sale's work. Anything unusual takes the usual path, as does a request whose charge or token needs another
 * process.
 *
 * <p>Reactor Netty does not know these requests, so a shutdown waits for them here before the server stops.
 */
@Component
class EarlyForwarder implements FastPathForwarder, SmartLifecycle {

    /** Both ways send such a target as it came. */
    private static final Pattern PLAIN_TARGET = Pattern.compile("[a-zA-Z0-9/._~:@-]*(\\?[a-zA-Z0-9._~=&-]*)?");

    private final ForwardSettings settings;
    private final UpstreamCalls calls;
    private final TokenAuthenticator tokens;
    private final RateLimits limits;
    private final StoppedRequests stoppedRequests;
    private final SoldOutRouterFunction soldOut;
    private final ForwardedRequests requests;
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean running;
    private final AtomicReference<@Nullable Runnable> stopped = new AtomicReference<>();

    EarlyForwarder(
            ForwardSettings settings,
            UpstreamCalls calls,
            TokenAuthenticator tokens,
            RateLimits limits,
            StoppedRequests stoppedRequests,
            SoldOutRouterFunction soldOut,
            ForwardedRequests requests) {
        this.stoppedRequests = stoppedRequests;
        this.soldOut = soldOut;
        this.settings = settings;
        this.calls = calls;
        this.tokens = tokens;
        this.limits = limits;
        this.requests = requests;
    }

    @Override
    public @Nullable ForwardedRequest forward(FastPathRequest request, Supplier<byte[]> body, ClientConnection client) {
        if (!running || !isSimple(request) || !isForwarded(request.endpoint())) return null;
        var upstream = request.endpoint().upstream();
        if (!calls.canCall(upstream)) return null;
        var caller = tokens.verified(request.headers().get(HttpHeaderNames.AUTHORIZATION));
        if (caller == null) return null;
        var limit = limits.chargeUnreported(caller);
        if (limit == null) return null;
        underWay.incrementAndGet();
        var content = body.get();
        var refusal = refusalOrNull(request, caller, content);
        return requests.of(new Admitted(request, caller, limit, content, refusal), client, this::ended);
    }

    /** The refusal of a request that operators have stopped, or of a join of a sold-out sale. */
    private @Nullable Supplier<ProblemException> refusalOrNull(
            FastPathRequest request, Caller.Known caller, byte[] body) {
        var stop = stoppedRequests.refusalOf(request.method(), request.path());
        if (stop != null) return () -> stop;
        if (!SoldOutFastPath.isJoinWithoutTicket(request, body)) return null;
        var sale = SoldOutFastPath.saleOf(request);
        var loadTest = caller.loadTestOf(request.headers().get(LoadTest.HEADER));
        return sale != null && soldOut.isForNewcomer(sale, caller, loadTest, request.trace())
                ? () -> soldOut.refusal(sale)
                : null;
    }

    private static boolean isForwarded(Endpoint endpoint) {
        var service = endpoint.upstream();
        return (service == Upstream.ORDER || service == Upstream.WAITLIST)
                && endpoint.needsToken()
                && endpoint.rateLimit() == RateLimitScope.CALLER
                && switch (endpoint.priority()) {
                    case JOIN, ORDER, PAY -> true;
                    case NOTHING, STREAM, BROWSE -> false;
                };
    }

    private static boolean isSimple(FastPathRequest request) {
        var headers = request.headers();
        var hasNoBody = request.contentLength() == 0;
        var connection = headers.getAll(HttpHeaderNames.CONNECTION);
        return (HttpMethod.POST.equals(request.method()) || (HttpMethod.GET.equals(request.method()) && hasNoBody))
                && request.isHttp11()
                && headers.getAll(HttpHeaderNames.AUTHORIZATION).size() == 1
                && (connection.isEmpty() || (connection.size() == 1 && UpstreamRequests.isPlain(connection.getFirst())))
                && !headers.contains(HttpHeaderNames.UPGRADE)
                && !headers.contains(HttpHeaderNames.TE)
                && !headers.contains(HttpHeaderNames.EXPECT)
                && PLAIN_TARGET.matcher(request.target()).matches();
    }

    private void ended() {
        if (underWay.decrementAndGet() == 0 && !running) reportStopped();
    }

    private void reportStopped() {
        var report = stopped.getAndSet(null);
        if (report != null) report.run();
    }

    @Override
    public void start() {
        running = settings.enabled();
    }

    @Override
    public void stop() {
        running = false;
    }

    /** Ends when no request is under way; Spring bounds the wait. */
    @Override
    public void stop(Runnable report) {
        stopped.set(report);
        running = false;
        if (underWay.get() == 0) reportStopped();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
