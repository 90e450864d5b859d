package com.flashsale.gateway.load;

import com.flashsale.gateway.edge.PlainPath;
import com.flashsale.gateway.route.Cost;
import com.flashsale.gateway.route.Endpoints;
import com.flashsale.gateway.route.Match;
import com.flashsale.platform.observability.TraceContext;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;

/**
 * Refuses on the connection itself what has no room: before there is an exchange, a token or a line in the log. Under a flood refusing is
 * most of what a gateway does, and what it costs is taken from those who were let in. Whatever is unusual goes the usual way.
 *
 * <p>One for each connection, and called on its event loop only.
 */
final class EarlyRefusal extends ChannelDuplexHandler {

    private final InFlight inFlight;
    private final Refusal refusal;
    private final long maxBody;

    /** Passed on: while there is one, an answer from here would overtake its own (HTTP/1.1 pipelining, RFC 9112 section 9.3.2). */
    private int unanswered;

    /** Its body is still to come. */
    private @Nullable HttpRequest refused;

    private boolean keptSomething;

    EarlyRefusal(InFlight inFlight, Refusal refusal, long maxBody) {
        this.inFlight = inFlight;
        this.refusal = refusal;
        this.maxBody = maxBody;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) {
            if (unanswered == 0 && inFlight.isCrowded() && isRefused(request)) refused = request;
            else unanswered++;
        }
        if (refused == null) {
            context.fireChannelRead(message);
            return;
        }
        keptSomething = true;
        if (message instanceof LastHttpContent) {
            answer(context, refused);
            refused = null;
        }
        ReferenceCountUtil.release(message);
    }

    private boolean isRefused(HttpRequest request) {
        if (isUnusual(request)) return false;
        var cost = costOf(request);
        if (!inFlight.isFull(cost)) return false;
        inFlight.countRefused(cost);
        return true;
    }

    /** What is malformed has an answer of its own; and whoever may still be sending when we have answered would be cut off. */
    private boolean isUnusual(HttpRequest request) {
        return request.decoderResult().isFailure()
                || HttpUtil.isTransferEncodingChunked(request)
                || HttpUtil.is100ContinueExpected(request)
                || HttpUtil.getContentLength(request, 0L) > maxBody;
    }

    private static Cost costOf(HttpRequest request) {
        var uri = request.uri();
        var query = uri.indexOf('?');
        var path = query < 0 ? uri : uri.substring(0, query);
        if (!PlainPath.isPlain(path)) return Cost.NOTHING;
        var method = HttpMethod.valueOf(request.method().name());
        return Endpoints.match(method, PathContainer.parsePath(path)) instanceof Match.Found(var endpoint)
                ? endpoint.cost()
                : Cost.NOTHING;
    }

    private void answer(ChannelHandlerContext context, HttpRequest request) {
        var traceId =
                TraceContext.from(request.headers().get(TraceContext.HEADER)).traceId();
        var keepAlive = HttpUtil.isKeepAlive(request);
        var answer = refusal.document(traceId);
        HttpUtil.setKeepAlive(answer.headers(), request.protocolVersion(), keepAlive);
        var written = context.writeAndFlush(answer);
        if (!keepAlive) {
            var _ = written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** Reactor Netty asks for each read, and knows nothing of what was kept here. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.fireChannelReadComplete();
        if (keptSomething) context.read();
        keptSomething = false;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof LastHttpContent && !isInformational(message)) unanswered--;
        var _ = context.write(message, promise);
    }

    private static boolean isInformational(Object message) {
        return message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }
}
