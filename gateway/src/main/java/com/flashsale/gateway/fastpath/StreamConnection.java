package com.flashsale.gateway.fastpath;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.EventExecutor;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The connection of one event stream. All methods but {@link #executor} and {@link #execute} are for its event loop.
 */
public final class StreamConnection {

    /** A client that does not read gets no more than this into its queue. */
    private static final WriteBufferWaterMark FEW_EVENTS = new WriteBufferWaterMark(2 * 1024, 8 * 1024);

    private final ChannelHandlerContext context;
    private final HttpVersion version;
    private final IntConsumer ended;
    private @Nullable Runnable onClose;
    private int status;
    private boolean over;

    /** @param ended gets the status of the response when all is over, 0 when there was none */
    StreamConnection(ChannelHandlerContext context, HttpVersion version, IntConsumer ended) {
        this.context = context;
        this.version = version;
        this.ended = ended;
    }

    public EventExecutor executor() {
        return context.executor();
    }

    public void execute(Runnable task) {
        context.executor().execute(task);
    }

    /** Whether the client is still there and the stream has not ended. */
    public boolean isOpen() {
        return !over && context.channel().isActive();
    }

    public boolean isWritable() {
        return context.channel().isWritable();
    }

    /** A response instead of a stream. */
    public void refuse(FullHttpResponse response) {
        if (over) {
            response.release();
            return;
        }
        status = response.status().code();
        HttpUtil.setKeepAlive(response.headers(), version, false);
        var _ = context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
        close();
    }

    /** @param gone runs once, when the client has gone or the stream has ended */
    public void begin(HttpResponse head, byte[] first, Runnable gone) {
        status = head.status().code();
        onClose = gone;
        context.channel().config().setWriteBufferWaterMark(FEW_EVENTS);
        HttpUtil.setTransferEncodingChunked(head, version.equals(HttpVersion.HTTP_1_1));
        HttpUtil.setKeepAlive(head.headers(), version, false);
        var _ = context.write(head);
        write(first);
    }

    public void write(byte[] bytes) {
        var _ = context.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(bytes)));
    }

    public void end() {
        if (over) return;
        var _ = context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT).addListener(ChannelFutureListener.CLOSE);
        close();
    }

    void close() {
        if (over) return;
        over = true;
        if (onClose != null) onClose.run();
        ended.accept(status);
    }
}
