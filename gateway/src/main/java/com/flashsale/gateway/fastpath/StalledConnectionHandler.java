package com.flashsale.gateway.fastpath;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Closes the connection of a client that reads nothing of its response, or dribbles the head of a request, for a time.
 * Next to the socket, so that it sees each byte; a client that reads or writes slowly but steadily is left alone.
 */
final class StalledConnectionHandler extends IdleStateHandler {

    private final long patience;
    private boolean waitsForHead = true;
    private long headBegan;

    StalledConnectionHandler(Duration patience) {
        super(true, 0, patience.toNanos(), 0, TimeUnit.NANOSECONDS);
        this.patience = patience.toNanos();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) throws Exception {
        if (waitsForHead && headBegan == 0) headBegan = System.nanoTime();
        super.channelRead(context, bytes);
    }

    void headRead() {
        waitsForHead = false;
        headBegan = 0;
    }

    void requestRead() {
        waitsForHead = true;
    }

    @Override
    protected void channelIdle(ChannelHandlerContext context, IdleStateEvent event) {
        if (event.state() != IdleState.WRITER_IDLE) return;
        var pending = context.channel().unsafe().outboundBuffer();
        var reads = pending == null || pending.totalPendingWriteBytes() == 0;
        var dribbles = headBegan != 0 && System.nanoTime() - headBegan > patience;
        if (!reads || dribbles) {
            var _ = context.close();
        }
    }
}
