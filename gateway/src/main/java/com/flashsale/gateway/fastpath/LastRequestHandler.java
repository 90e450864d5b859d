package com.flashsale.gateway.fastpath;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.stream.Stream;

/**
 * Ends a connection after the response to a request that says {@code Connection: close}. Reactor Netty 1.3.7 and 1.3.8
 * do so only for a request that comes after the end of the one before. They put an earlier one in a queue that is never
 * read, so its client waits for ever. Therefore they see no such header. One for each connection, called on its event
 * loop only.
 */
final class LastRequestHandler extends ChannelDuplexHandler {

    /** Responses that are still due. */
    private int due;

    private boolean isLastRead;
    private boolean isOver;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest head) {
            isOver = isLastRead;
            if (!isOver) begin(head);
        }
        if (isOver) ReferenceCountUtil.release(message);
        else context.fireChannelRead(message);
    }

    private void begin(HttpRequest head) {
        due++;
        if (!head.protocolVersion().isKeepAliveDefault() || HttpUtil.isKeepAlive(head)) return;
        isLastRead = true;
        removeClose(head.headers());
    }

    /** The other options stay, since each names a header that goes no further. */
    private static void removeClose(HttpHeaders headers) {
        var others = headers.getAll(HttpHeaderNames.CONNECTION).stream()
                .flatMap(value -> Stream.of(value.split(",")))
                .map(String::strip)
                .filter(option -> !HttpHeaderValues.CLOSE.contentEqualsIgnoreCase(option))
                .toList();
        headers.set(HttpHeaderNames.CONNECTION, others);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (FastPaths.isInformational(message)) {
            var _ = context.write(message, promise);
            return;
        }
        var isLast = isLastRead && due == 1;
        if (isLast && message instanceof HttpResponse head) HttpUtil.setKeepAlive(head, false);
        if (message instanceof LastHttpContent) due--;
        var written = context.write(message, promise.unvoid());
        if (isLast && message instanceof LastHttpContent) {
            var _ = written.addListener(ChannelFutureListener.CLOSE);
        }
    }
}
