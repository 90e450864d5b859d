package com.flashsale.gateway.forward;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A kept connection to one instance of a service, with at most one request at a time. Called on its event loop only.
 */
final class UpstreamConnection extends ChannelInboundHandlerAdapter {

    /** Takes the response. A message that is passed to it is its own to release. */
    interface Receiver {

        void head(HttpResponse head);

        void body(HttpContent part);

        /** The connection is free again when this is called. */
        void end(LastHttpContent last);

        /** There is nothing more to read at the moment. */
        void pause();

        /** The response will not come, or not its rest. */
        void failed(Throwable failure);
    }

    private final Consumer<UpstreamConnection> free;
    private final long openedAt = System.nanoTime();
    private @Nullable Channel channel;
    private @Nullable Receiver receiver;
    private @Nullable ChannelFuture sent;
    private boolean isPersistent;
    private boolean isInformational;
    private long unusedSince = openedAt;

    /** @param free takes the connection back when its response is complete */
    UpstreamConnection(Consumer<UpstreamConnection> free) {
        this.free = free;
    }

    void send(FullHttpRequest request, Receiver to) {
        receiver = to;
        isPersistent = false;
        sent = channel().writeAndFlush(request);
        var _ = sent.addListener(written -> {
            if (!written.isSuccess()) fail(Objects.requireNonNull(written.cause()));
        });
    }

    /** Whether the next part is to be read. */
    void read(boolean more) {
        channel().config().setAutoRead(more);
    }

    void close() {
        receiver = null;
        var _ = channel().close();
    }

    EventLoop eventLoop() {
        return channel().eventLoop();
    }

    boolean isOpen() {
        return channel().isActive();
    }

    long openedAt() {
        return openedAt;
    }

    long unusedSince() {
        return unusedSince;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context.channel();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var to = receiver;
        if (to == null || !(message instanceof HttpObject part)) {
            // more than was asked for, or a response of no more use
            ReferenceCountUtil.release(message);
            close();
        } else if (part.decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            fail(part.decoderResult().cause());
        } else if (part instanceof HttpResponse head) {
            isInformational = head.status().codeClass() == HttpStatusClass.INFORMATIONAL;
            isPersistent = HttpUtil.isKeepAlive(head);
            if (!isInformational) to.head(head);
        } else if (part instanceof LastHttpContent last) {
            end(to, last);
        } else if (part instanceof HttpContent content) {
            to.body(content);
        }
    }

    private void end(Receiver to, LastHttpContent last) {
        if (isInformational) {
            last.release();
            return;
        }
        receiver = null;
        if (isPersistent && isOpen() && sent != null && sent.isSuccess()) {
            unusedSince = System.nanoTime();
            free.accept(this);
        } else {
            close();
        }
        to.end(last);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (receiver != null) receiver.pause();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(new IOException("The service closed the connection."));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        fail(failure instanceof DecoderException && failure.getCause() != null ? failure.getCause() : failure);
    }

    private void fail(Throwable failure) {
        var to = receiver;
        close();
        if (to != null) to.failed(failure);
    }

    private Channel channel() {
        return Objects.requireNonNull(channel);
    }
}
