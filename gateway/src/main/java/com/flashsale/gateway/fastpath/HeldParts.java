package com.flashsale.gateway.fastpath;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/** The parts of one request whose end has not been read. */
final class HeldParts {

    private static final int FEW = 4;

    private final Deque<Object> parts = new ArrayDeque<>(FEW);

    void add(Object part) {
        parts.add(part);
    }

    byte[] body() {
        var bytes = new ByteArrayOutputStream();
        for (var part : parts) {
            if (part instanceof HttpContent content) bytes.writeBytes(ByteBufUtil.getBytes(content.content()));
        }
        return bytes.toByteArray();
    }

    void passOn(ChannelHandlerContext context) {
        for (var part = parts.poll(); part != null; part = parts.poll()) context.fireChannelRead(part);
    }

    void release() {
        parts.forEach(ReferenceCountUtil::release);
        parts.clear();
    }
}
