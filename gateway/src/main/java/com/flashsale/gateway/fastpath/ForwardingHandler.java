package com.flashsale.gateway.fastpath;

import com.flashsale.gateway.fastpath.FastPathForwarder.ForwardedRequest;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connection while a request of it is forwarded. It stands before {@link FastPathHandler}. Messages that the client
 * sends meanwhile wait here, at most those of one read, since the next read follows the end of the response. One for
 * each connection, called on its event loop only.
 */
final class ForwardingHandler extends ChannelInboundHandlerAdapter implements ClientConnection {

    private static final int FEW = 4;

    private final FastPathForwarder forwarder;
    private final StalledConnectionHandler watch;
    private final Deque<Object> waiting = new ArrayDeque<>(FEW);
    private @Nullable ChannelHandlerContext context;
    private @Nullable ForwardedRequest underWay;
    private boolean keepsAlive;
    private boolean passesOn;
    private boolean owesRead;

    ForwardingHandler(FastPathForwarder forwarder, StalledConnectionHandler watch) {
        this.forwarder = forwarder;
        this.watch = watch;
    }

    /** Whether the request is forwarded from here; its parts are then the caller's to release. */
    boolean begin(FastPathRequest request, Supplier<byte[]> body) {
        var forwarded = forwarder.forward(request, body, this);
        if (forwarded == null) return false;
        keepsAlive = request.isKeepAlive();
        underWay = forwarded;
        // no other handler requests this read, which also reveals that the client has closed
        context().read();
        forwarded.begin();
        return true;
    }

    @Override
    public Channel channel() {
        return context().channel();
    }

    @Override
    public void write(HttpObject part) {
        if (part instanceof HttpResponse head && !keepsAlive) HttpUtil.setKeepAlive(head, false);
        var _ = context().write(part);
    }

    @Override
    public void flush() {
        context().flush();
    }

    @Override
    public void end(LastHttpContent last) {
        underWay = null;
        if (last instanceof HttpResponse head && !keepsAlive) HttpUtil.setKeepAlive(head, false);
        var written = context().writeAndFlush(last);
        if (keepsAlive) {
            passOn();
            owesRead = true;
            readOn();
        } else {
            var _ = written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void cut() {
        underWay = null;
        keepsAlive = false;
        var _ = context().close();
    }

    /** Messages that waited have their turn, until the next forwarded request. */
    private void passOn() {
        if (passesOn || waiting.isEmpty()) return;
        passesOn = true;
        while (underWay == null && !waiting.isEmpty()) context().fireChannelRead(waiting.remove());
        passesOn = false;
        context().fireChannelReadComplete();
    }

    private void readOn() {
        if (!owesRead || underWay != null || !channel().isWritable()) return;
        owesRead = false;
        context().read();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void channelRead(ChannelHandlerContext at, Object message) {
        if (underWay == null && waiting.isEmpty()) {
            at.fireChannelRead(message);
            return;
        }
        if (message instanceof HttpRequest) watch.headRead();
        if (message instanceof LastHttpContent) watch.requestRead();
        waiting.add(message);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext at) {
        if (underWay != null && at.channel().isWritable()) underWay.clientReads();
        readOn();
        at.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext at) {
        abandon();
        at.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext at) {
        abandon();
    }

    private void abandon() {
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
        var left = underWay;
        underWay = null;
        if (left != null) left.clientGone();
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(context);
    }
}
