package com.flashsale.gateway.fastpath;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import java.util.concurrent.TimeUnit;

/**
 * Ends a connection whose client may still be sending (RFC 9112, section 9.6). Closed at once, the unread bytes would
 * reset the connection, and the client might lose the response.
 */
final class LingeringClose {

    private static final int SECONDS = 2;

    private LingeringClose() {}

    static void of(ChannelHandlerContext context) {
        if (context.channel() instanceof DuplexChannel duplex && duplex.isActive()) {
            var _ = duplex.shutdownOutput();
            var _ = context.executor()
                    .schedule(
                            () -> {
                                var _ = context.close();
                            },
                            SECONDS,
                            TimeUnit.SECONDS);
        } else {
            var _ = context.close();
        }
    }
}
