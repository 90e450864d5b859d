package com.flashsale.gateway.fastpath;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers simple requests on the connection itself, for a fraction of the cost of an exchange. In a flash sale most
 * requests are simple. Unusual requests take the usual path, as does a request whose body does not come with its head.
 * Malformed requests are refused here. One for each connection, called on its event loop only.
 */
final class FastPathHandler extends ChannelDuplexHandler {

    private final FastPaths ways;
    private final StalledConnectionHandler watch;

    /**
     * Requests passed on and not answered yet: an answer from here would overtake theirs (HTTP/1.1 pipelining, RFC 9112
     * section 9.3.2). Empty for a request that was not looked at.
     */
    private final Deque<Optional<FastPathRequest>> passed = new ArrayDeque<>(4);

    private final HeldParts held = new HeldParts();
    private @Nullable FastPathRequest request;
    private @Nullable Refusal refusal;
    private @Nullable StreamConnection stream;
    private boolean refused;
    private boolean answeredOne;

    FastPathHandler(FastPaths ways, StalledConnectionHandler watch) {
        this.ways = ways;
        this.watch = watch;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest) watch.headRead();
        if (message instanceof LastHttpContent) watch.requestRead();
        if (refusal != null || stream != null) {
            ReferenceCountUtil.release(message);
            if (refusal != null && refusal.stays() && message instanceof LastHttpContent)
                refuseAndStay(context, refusal);
        } else if (message instanceof HttpContent content
                && !(message instanceof HttpRequest)
                && content.decoderResult().isFailure()) {
            refuse(context, Refusal.unreadableBody(request));
        } else if (!(message instanceof HttpRequest head && isRefused(context, head))) {
            take(context, message);
        }
    }

    private void take(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest head) {
            request = passed.isEmpty() ? ways.eligibleOrNull(context, head) : null;
            if (request == null) passed.add(Optional.empty());
        }
        if (request == null) {
            context.fireChannelRead(message);
            return;
        }
        held.add(message);
        if (message instanceof LastHttpContent) decide(context, request);
    }

    private boolean isRefused(ChannelHandlerContext context, HttpRequest head) {
        var fault = HeadRules.faultOf(head);
        if (fault == null && !HeadRules.isAboutServer(head)) return false;
        var asked = ways.requestOf(context, head);
        if (asked == null) return false;
        refuse(context, new Refusal(asked, fault, passed.isEmpty() && HeadRules.isWhole(head)));
        ReferenceCountUtil.release(head);
        return true;
    }

    /** Refuses after earlier responses. The connection ends with it, so the rest is not parsed. */
    private void refuse(ChannelHandlerContext context, Refusal refused) {
        release();
        refusal = refused;
        if (!refused.stays()) refuseInTurn(context);
    }

    private void refuseAndStay(ChannelHandlerContext context, Refusal whole) {
        refusal = null;
        if (whole.request() != null) answer(context, whole.request(), ways.refuse(whole));
    }

    private void refuseInTurn(ChannelHandlerContext context) {
        if (refusal == null || refused || passed.size() > refusal.ownPassed()) return;
        refused = true;
        var _ = context.writeAndFlush(ways.refuse(refusal)).addListener(_ -> LingeringClose.of(context));
        context.read();
    }

    private void decide(ChannelHandlerContext context, FastPathRequest asked) {
        if (ways.isStream(asked)) {
            release();
            stream = ways.open(asked, context);
            return;
        }
        var answer = ways.answer(asked, held::body);
        if (answer == null) {
            ways.forwarded(asked);
            pass(context, Optional.of(asked));
            return;
        }
        release();
        answer(context, asked, answer);
    }

    private void answer(ChannelHandlerContext context, FastPathRequest asked, FullHttpResponse answer) {
        answeredOne = true;
        var written = context.writeAndFlush(answer);
        if (!HttpUtil.isKeepAlive(asked.head())) {
            var _ = written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void pass(ChannelHandlerContext context, Optional<FastPathRequest> asked) {
        request = null;
        passed.add(asked);
        held.passOn(context);
    }

    private void release() {
        request = null;
        held.release();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (request != null) pass(context, Optional.empty());
        context.fireChannelReadComplete();
        // no other handler requests this read, which also reveals that the client has closed
        if (stream != null || refused) context.read();
        readOn(context);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        readOn(context);
        context.fireChannelWritabilityChanged();
    }

    /**
     * Requests the next read, since Reactor Netty does not know of the answer. An unwritable channel gets none: a
     * client that does not read its responses must not grow the buffers.
     */
    private void readOn(ChannelHandlerContext context) {
        if (!answeredOne || !context.channel().isWritable()) return;
        answeredOne = false;
        context.read();
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (refused) {
            ReferenceCountUtil.release(message);
            promise.tryFailure(new ClosedChannelException());
            return;
        }
        var isEnd = message instanceof LastHttpContent && !FastPaths.isInformational(message);
        if (isEnd) endOne();
        var _ = context.write(message, promise);
        if (isEnd) refuseInTurn(context);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        endAll();
        context.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        endAll();
    }

    private void endAll() {
        release();
        if (stream != null) stream.close();
        while (!passed.isEmpty()) endOne();
    }

    private void endOne() {
        if (!passed.isEmpty()) passed.remove().ifPresent(ways::ended);
    }
}
