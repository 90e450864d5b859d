package com.flashsale.load.http;

import com.flashsale.load.http.LeanClient.Exchange;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One connection and the request that is under way on it. */
final class Connection extends ChannelInboundHandlerAdapter {

    private static final int MOST_KEPT = 64 * 1024;
    private static final int FIRST_SUCCESS = 200;
    private static final int FIRST_REDIRECT = 300;

    private final LeanClient client;
    private final Channel channel;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(512);
    private @Nullable Exchange exchange;
    private int status;
    private boolean retryAfter;
    private boolean keepAlive;
    private boolean keepsBody;

    Connection(LeanClient client, Channel channel) {
        this.client = client;
        this.channel = channel;
    }

    void begin(Exchange next) {
        exchange = next;
        body.reset();
        var _ = channel.writeAndFlush(Unpooled.wrappedBuffer(next.request().bytes()), channel.voidPromise());
    }

    boolean isOverdue(long now) {
        return exchange != null && exchange.isOverdue(now);
    }

    /** The server may still answer: the connection cannot be used for anything else. */
    void giveUp() {
        end(Response.none("timeout"));
        var _ = channel.close();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        client.free(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws IOException {
        try {
            if (message instanceof HttpResponse response) head(response);
            if (message instanceof HttpContent content) keep(content);
            if (message instanceof LastHttpContent) complete();
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void head(HttpResponse response) {
        status = response.status().code();
        retryAfter = response.headers().contains(HttpHeaderNames.RETRY_AFTER);
        keepAlive = HttpUtil.isKeepAlive(response);
        boolean success = status >= FIRST_SUCCESS && status < FIRST_REDIRECT;
        keepsBody = !success || (exchange != null && exchange.request().wantsBody());
    }

    private void keep(HttpContent content) throws IOException {
        int readable = content.content().readableBytes();
        if (keepsBody && body.size() + readable <= MOST_KEPT) content.content().readBytes(body, readable);
    }

    private void complete() {
        boolean answered = exchange != null;
        end(keepsBody ? new Response(status, retryAfter, body.toByteArray()) : Response.of(status, retryAfter));
        if (!answered || !keepAlive) {
            var _ = channel.close();
        } else {
            client.free(this);
        }
    }

    private void end(Response response) {
        var ended = exchange;
        exchange = null;
        if (ended != null) ended.listener().answered(response);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        client.closed(this);
        end(Response.none("connection closed"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        end(Response.none(
                cause instanceof IOException
                        ? "connection reset"
                        : cause.getClass().getSimpleName()));
        var _ = channel.close();
    }
}
