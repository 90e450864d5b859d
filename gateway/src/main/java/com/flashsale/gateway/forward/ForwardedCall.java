package com.flashsale.gateway.forward;

import com.flashsale.gateway.fastpath.ClientConnection;
import com.flashsale.gateway.fastpath.FastPathForwarder.ForwardedRequest;
import com.flashsale.gateway.forward.ForwardedRequests.Admitted;
import com.flashsale.gateway.overload.ConcurrencyLimiter;
import com.flashsale.gateway.reactive.Timeouts;
import com.flashsale.gateway.upstream.UpstreamCalls.Call;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.Timeout;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.gateway.support.NotFoundException;
import org.springframework.http.HttpMethod;
import reactor.core.publisher.SignalType;

/**
 * One forwarded request, from the concurrency limit to the end of its response. Steps and outcomes are those of the
 * usual path: a POST is sent once, a GET may be repeated while the client has nothing of its response. Called on the
 * event loop of the client only.
 */
final class ForwardedCall implements ForwardedRequest, UpstreamConnection.Receiver {

    private final ForwardedRequests shared;
    private final Admitted admitted;
    private final ClientConnection client;
    private final CallAccount account;
    private @Nullable Call call;
    private @Nullable UpstreamConnection upstream;
    private @Nullable Timeout limit;

    /** Of the attempt under way: what an earlier one started comes too late. */
    private int attempts;

    private boolean hasHead;
    private boolean isOver;

    ForwardedCall(ForwardedRequests shared, Admitted admitted, ClientConnection client, Runnable ended) {
        this.shared = shared;
        this.admitted = admitted;
        this.client = client;
        account = new CallAccount(shared, admitted.request(), admitted.caller().subject(), ended);
    }

    @Override
    public void begin() {
        var refusal = admitted.refusal();
        if (!account.open()) {
            refuse(ConcurrencyLimiter.overloaded());
        } else if (refusal != null) {
            refuse(refusal.get());
        } else {
            var isRead = HttpMethod.GET.equals(admitted.request().method());
            var upstream = admitted.request().endpoint().upstream();
            call = shared.calls().begin(upstream, isRead, admitted.caller().subject());
            attempt();
        }
    }

    private void attempt() {
        var attempt = ++attempts;
        ServiceInstance instance;
        try {
            instance = call().choose();
        } catch (CallNotPermittedException | NotFoundException none) {
            refuse(none);
            return;
        }
        limitTo(shared.timeouts().of(admitted.request().endpoint().priority()));
        shared.connections().take(instance, client.channel(), (connection, failure) -> {
            if (attempt != attempts || isOver) {
                if (connection != null) shared.connections().keep(instance, connection);
            } else if (connection == null) {
                failed(Objects.requireNonNull(failure));
            } else {
                upstream = connection;
                connection.send(shared.requests().of(admitted.request(), admitted.caller(), admitted.body()), this);
            }
        });
    }

    private void limitTo(Duration time) {
        if (limit != null) limit.cancel();
        var attempt = attempts;
        limit = Timeouts.after(time, client.channel().eventLoop(), () -> {
            if (attempt == attempts && !isOver) tooLate();
        });
    }

    private void tooLate() {
        if (hasHead) {
            cutOff();
            return;
        }
        leaveUpstream();
        failed(new TimeoutException());
    }

    @Override
    public void head(HttpResponse received) {
        var code = received.status().code();
        if (!call().isAnswered(code)) {
            leaveUpstream();
            attempt();
            return;
        }
        var failure = RelayedResponses.failureOf(received);
        if (failure != null) {
            leaveUpstream();
            refuse(failure);
            return;
        }
        hasHead = true;
        account.answered(code);
        client.write(shared.responses().head(admitted.request(), received, admitted.limit()));
    }

    @Override
    public void body(HttpContent part) {
        client.write(part);
        if (upstream != null && !client.channel().isWritable()) upstream.read(false);
    }

    @Override
    public void end(LastHttpContent last) {
        upstream = null;
        end();
        account.close(SignalType.ON_COMPLETE);
        client.end(RelayedResponses.end(last));
    }

    @Override
    public void pause() {
        if (!hasHead) return;
        client.flush();
        // the head has come within its own limit; the rest has the remaining time of the whole exchange
        limitTo(shared.timeouts().exchange().minusNanos(account.nanos()));
    }

    @Override
    public void failed(Throwable failure) {
        upstream = null;
        if (hasHead) {
            cutOff();
        } else if (call().isRepeatable(failure)) {
            attempt();
        } else {
            if (failure instanceof TimeoutException) account.timedOut();
            refuse(failure);
        }
    }

    @Override
    public void clientReads() {
        if (upstream != null) upstream.read(true);
    }

    @Override
    public void clientGone() {
        if (!hasHead && call != null) call.abandoned();
        leaveUpstream();
        end();
        account.close(SignalType.CANCEL);
    }

    private void cutOff() {
        leaveUpstream();
        end();
        account.close(SignalType.ON_ERROR);
        client.cut();
    }

    private void refuse(Throwable failure) {
        end();
        var response = shared.responses().problem(admitted.request(), failure, admitted.limit());
        account.refused(response.status().code(), failure);
        client.end(response);
    }

    private void end() {
        isOver = true;
        if (limit != null) limit.cancel();
    }

    private void leaveUpstream() {
        var left = upstream;
        upstream = null;
        if (left != null) left.close();
    }

    private Call call() {
        return Objects.requireNonNull(call);
    }
}
