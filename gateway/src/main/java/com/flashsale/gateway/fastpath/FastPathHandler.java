package com.flashsale.gateway.fastpath;

import com.flashsale.gateway.fastpath.ConnectionState.Awaiting;
import com.flashsale.gateway.fastpath.ConnectionState.Buffering;
import com.flashsale.gateway.fastpath.ConnectionState.Closing;
import com.flashsale.gateway.fastpath.ConnectionState.Forwarded;
import com.flashsale.gateway.fastpath.ConnectionState.Idle;
import com.flashsale.gateway.fastpath.ConnectionState.Refusing;
import com.flashsale.gateway.fastpath.ConnectionState.Skipping;
import com.flashsale.gateway.fastpath.ConnectionState.Streaming;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * Answers simple requests on the connection itself, for a fraction of the cost of an exchange. In a flash sale most
 * requests are simple. Unusual requests take the usual path, as does a request whose body does not come with its head.
 * Malformed requests are refused here. One for each connection, called on its event loop only; {@link ConnectionState}
 * has the table of its transitions.
 */
final class FastPathHandler extends ChannelDuplexHandler {

    private final FastPaths paths;
    private final ForwardingHandler forwarding;
    private final StalledConnectionHandler watch;

    /** The parts of the request that is {@link Buffering}. */
    private final HeldParts parts = new HeldParts();

    private final FastPathWriter writer = new FastPathWriter();
    private ConnectionState state = ConnectionState.IDLE;

    FastPathHandler(FastPaths paths, ForwardingHandler forwarding, StalledConnectionHandler watch) {
        this.paths = paths;
        this.forwarding = forwarding;
        this.watch = watch;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest) watch.headRead();
        if (message instanceof LastHttpContent) watch.requestRead();
        switch (state) {
            case Idle _, Buffering _, Forwarded _ -> receive(context, message);
            case Skipping(var refusal) -> {
                ReferenceCountUtil.release(message);
                if (message instanceof LastHttpContent) refuseAndStay(context, refusal);
            }
            case Refusing _, Closing _, Streaming _ -> ReferenceCountUtil.release(message);
        }
    }

    private void receive(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest head) {
            if (isRefused(context, head)) return;
            begin(context, head);
        } else if (message instanceof HttpContent content
                && content.decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            refuse(context, Refusal.unreadableBody(state instanceof Buffering(var request) ? request : null));
            return;
        }
        if (state instanceof Buffering(var request)) {
            parts.add(message);
            if (message instanceof LastHttpContent) decide(context, request);
        } else {
            context.fireChannelRead(message);
        }
    }

    private void begin(ChannelHandlerContext context, HttpRequest head) {
        var request = state instanceof Idle ? paths.eligibleOrNull(context, head) : null;
        if (request == null) expectResponse(null);
        else state = new Buffering(request);
    }

    private void expectResponse(@Nullable FastPathRequest seen) {
        var due = state instanceof Forwarded(var before) ? before : new DueResponses(paths);
        due.add(seen);
        state = new Forwarded(due);
    }

    private void decide(ChannelHandlerContext context, FastPathRequest request) {
        if (paths.isStream(request)) {
            parts.release();
            state = new Streaming(paths.open(request, context));
            return;
        }
        var response = paths.answer(request, parts::body);
        if (response == null && !forwarding.begin(request, parts::body)) {
            paths.forwarded(request);
            forward(context, request);
            return;
        }
        parts.release();
        state = ConnectionState.IDLE;
        if (response != null) writer.write(context, request, response);
    }

    private void forward(ChannelHandlerContext context, @Nullable FastPathRequest seen) {
        expectResponse(seen);
        parts.passOn(context);
    }

    private boolean isRefused(ChannelHandlerContext context, HttpRequest head) {
        var fault = HeadRules.faultOf(head);
        if (fault == null && !HeadRules.isAboutServer(head)) return false;
        var request = paths.requestOf(context, head);
        if (request == null) return false;
        refuse(context, new Refusal(request, fault, state instanceof Idle && HeadRules.isWhole(head)));
        ReferenceCountUtil.release(head);
        return true;
    }

    private void refuse(ChannelHandlerContext context, Refusal refusal) {
        parts.release();
        if (refusal.stays()) {
            state = new Skipping(refusal);
            return;
        }
        state = new Refusing(refusal, state instanceof Forwarded(var due) ? due : new DueResponses(paths));
        refuseInTurn(context);
    }

    private void refuseAndStay(ChannelHandlerContext context, Refusal refusal) {
        state = ConnectionState.IDLE;
        if (refusal.request() != null) writer.write(context, refusal.request(), paths.refuse(refusal));
    }

    /** Refuses after earlier responses. The connection ends with it, so the rest is not parsed. */
    private void refuseInTurn(ChannelHandlerContext context) {
        if (!(state instanceof Refusing(var refusal, var due)) || due.size() > refusal.ownDue()) return;
        state = new Closing(due);
        var _ = context.writeAndFlush(paths.refuse(refusal)).addListener(_ -> LingeringClose.of(context));
        context.read();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (state instanceof Buffering) forward(context, null);
        context.fireChannelReadComplete();
        // no other handler requests this read, which also reveals that the client has closed
        if (state instanceof Streaming || state instanceof Closing) context.read();
        writer.readOn(context);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        writer.readOn(context);
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (state instanceof Closing) {
            ReferenceCountUtil.release(message);
            promise.tryFailure(new ClosedChannelException());
            return;
        }
        var isEnd = message instanceof LastHttpContent && !FastPaths.isInformational(message);
        if (isEnd) endOne();
        var _ = context.write(message, promise);
        if (isEnd) refuseInTurn(context);
    }

    private void endOne() {
        if (!(state instanceof Awaiting awaiting)) return;
        awaiting.due().endOne();
        if (state instanceof Forwarded(var due) && due.size() == 0) state = ConnectionState.IDLE;
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
        parts.release();
        if (state instanceof Awaiting awaiting) awaiting.due().endAll();
        if (state instanceof Streaming(var connection)) connection.close();
        else state = ConnectionState.IDLE;
    }
}
