package com.flashsale.gateway.fastpath;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpUtil;

/** Writes the responses of the fast paths of one connection, and requests the reads that follow them. */
final class FastPathWriter {

    private boolean owesRead;

    void write(ChannelHandlerContext context, FastPathRequest request, FullHttpResponse response) {
        owesRead = true;
        var written = context.writeAndFlush(response);
        if (!HttpUtil.isKeepAlive(request.head())) {
            var _ = written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    /**
     * Requests the next read, since Reactor Netty does not know of the response. An unwritable channel gets none: a
     * client that does not read its responses must not grow the buffers.
     */
    void readOn(ChannelHandlerContext context) {
        if (!owesRead || !context.channel().isWritable()) return;
        owesRead = false;
        context.read();
    }
}
