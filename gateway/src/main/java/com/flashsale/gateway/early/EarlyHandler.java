package com.flashsale.gateway.early;

import com.flashsale.gateway.edge.Clients;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers on the connection itself what can be answered at once: before there is an exchange, and for a fraction of what one costs. In a
 * flash sale most requests are of this kind, and what they cost is taken from those who buy. Whatever is unusual goes the usual way, as does a
 * request whose body is not there with its head.
 *
 * <p>One for each connection, and called on its event loop only.
 */
final class EarlyHandler extends ChannelDuplexHandler {

    private static final int FEW = 4;

    private final List<EarlyAnswer> answers;
    private final Clients clients;
    private final EarlyRecords records;

    /**
     * Passed on and not answered: while there is one, an answer from here would overtake its own (HTTP/1.1 pipelining, RFC 9112 section
     * 9.3.2). Empty for a request that was not looked at.
     */
    private final Deque<Optional<EarlyRequest>> passed = new ArrayDeque<>(FEW);

    /** Of one request whose end has not been read. */
    private final Deque<Object> held = new ArrayDeque<>(FEW);

    private @Nullable EarlyRequest request;
    private boolean answeredOne;

    EarlyHandler(List<EarlyAnswer> answers, Clients clients, EarlyRecords records) {
        this.answers = answers;
        this.clients = clients;
        this.records = records;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest head) {
            request = passed.isEmpty() ? usualOrNull(context, head) : null;
            if (request == null) passed.add(Optional.empty());
        }
        if (request == null) {
            context.fireChannelRead(message);
            return;
        }
        held.add(message);
        if (message instanceof LastHttpContent) decide(context, request);
    }

    private @Nullable EarlyRequest usualOrNull(ChannelHandlerContext context, HttpRequest head) {
        if (!(context.channel().remoteAddress() instanceof InetSocketAddress peer)) return null;
        var asked = new EarlyRequest(head, peer, clients);
        return asked.isUsual() ? asked : null;
    }

    private void decide(ChannelHandlerContext context, EarlyRequest asked) {
        var begun = System.nanoTime();
        var answer = answer(asked);
        if (answer == null) {
            for (var each : answers) each.passed(asked);
            pass(context, Optional.of(asked));
            return;
        }
        release();
        answeredOne = true;
        records.write(asked, answer.status().code(), System.nanoTime() - begun);
        var keepAlive = HttpUtil.isKeepAlive(asked.head());
        HttpUtil.setKeepAlive(answer.headers(), asked.head().protocolVersion(), keepAlive);
        var written = context.writeAndFlush(answer);
        if (!keepAlive) {
            var _ = written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    private @Nullable FullHttpResponse answer(EarlyRequest asked) {
        for (var each : answers) {
            var answer = each.isAbout(asked) ? each.to(asked, body()) : null;
            if (answer != null) return answer;
        }
        return null;
    }

    private byte[] body() {
        var bytes = new ByteArrayOutputStream();
        for (var part : held) {
            if (part instanceof HttpContent content) bytes.writeBytes(ByteBufUtil.getBytes(content.content()));
        }
        return bytes.toByteArray();
    }

    private void pass(ChannelHandlerContext context, Optional<EarlyRequest> asked) {
        request = null;
        passed.add(asked);
        for (var message = held.poll(); message != null; message = held.poll()) context.fireChannelRead(message);
    }

    private void release() {
        request = null;
        held.forEach(ReferenceCountUtil::release);
        held.clear();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (request != null) pass(context, Optional.empty());
        context.fireChannelReadComplete();
        readOn(context);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        readOn(context);
        context.fireChannelWritabilityChanged();
    }

    /**
     * Reactor Netty asks for each read, and knows nothing of what was answered here. Whoever sends and does not read the answers is not read
     * from either, or they would pile up here.
     */
    private void readOn(ChannelHandlerContext context) {
        if (!answeredOne || !context.channel().isWritable()) return;
        answeredOne = false;
        context.read();
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof LastHttpContent && !isInformational(message)) endOne();
        var _ = context.write(message, promise);
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
        release();
        while (!passed.isEmpty()) endOne();
    }

    private void endOne() {
        if (passed.isEmpty()) return;
        passed.remove().ifPresent(asked -> {
            for (var each : answers) each.ended(asked);
        });
    }

    private static boolean isInformational(Object message) {
        return message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }
}
