package com.flashsale.gateway.fastpath;

import com.flashsale.gateway.client.Clients;
import com.flashsale.platform.problem.ProblemException;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.netty.NettyPipeline;

/** All fast paths and their common parts: the same for each connection. */
@Component
class FastPaths {

    private final List<FastPath> paths;
    private final FastPathStreams streams;
    private final Clients clients;
    private final FastPathRecorder records;
    private final FastPathResponses responses;

    FastPaths(
            List<FastPath> paths,
            FastPathStreams streams,
            Clients clients,
            FastPathRecorder records,
            FastPathResponses responses) {
        this.clients = clients;
        this.paths = List.copyOf(paths);
        this.streams = streams;
        this.records = records;
        this.responses = responses;
    }

    @Nullable
    FullHttpResponse answer(FastPathRequest request, Supplier<byte[]> body) {
        var begun = System.nanoTime();
        for (var each : paths) {
            var response = each.accepts(request) ? each.respond(request, body.get()) : null;
            if (response == null) continue;
            record(request, response.status().code(), System.nanoTime() - begun);
            var head = request.head();
            HttpUtil.setKeepAlive(response.headers(), head.protocolVersion(), HttpUtil.isKeepAlive(head));
            return response;
        }
        return null;
    }

    boolean isStream(FastPathRequest request) {
        return streams.accepts(request);
    }

    StreamConnection open(FastPathRequest request, ChannelHandlerContext context) {
        // the server believes that this connection waits for its next request
        var pipeline = context.pipeline();
        if (pipeline.get(NettyPipeline.IdleTimeoutHandler) != null) pipeline.remove(NettyPipeline.IdleTimeoutHandler);
        var begun = System.nanoTime();
        var connection = new StreamConnection(context, request.head().protocolVersion(), status -> {
            if (status != 0) record(request, status, System.nanoTime() - begun);
        });
        streams.open(request, connection);
        return connection;
    }

    @Nullable
    FastPathRequest requestOf(ChannelHandlerContext context, HttpRequest head) {
        return context.channel().remoteAddress() instanceof InetSocketAddress peer
                ? new FastPathRequest(head, peer, clients)
                : null;
    }

    @Nullable
    FastPathRequest eligibleOrNull(ChannelHandlerContext context, HttpRequest head) {
        var asked = requestOf(context, head);
        return asked != null && asked.isEligible() ? asked : null;
    }

    /** The whole response to a request that is refused for its form. */
    FullHttpResponse refuse(Refusal refused) {
        var response = responseTo(refused);
        var request = refused.request();
        var stays = refused.stays() && request != null && HttpUtil.isKeepAlive(request.head());
        if (!stays) response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return response;
    }

    private FullHttpResponse responseTo(Refusal refused) {
        var request = refused.request();
        var fault = refused.fault();
        if (request == null) return bare(HttpResponseStatus.BAD_REQUEST);
        if (fault == null) {
            record(request, HttpResponseStatus.NO_CONTENT.code(), 0);
            var response = bare(HttpResponseStatus.NO_CONTENT);
            response.headers().set(HttpHeaderNames.ALLOW, HeadRules.ALLOW).remove(HttpHeaderNames.CONTENT_LENGTH);
            return response;
        }
        record(request, fault.type().status(), 0);
        return problem(request, fault);
    }

    private FullHttpResponse problem(FastPathRequest request, ProblemException fault) {
        var response = responses.problem(request, fault);
        if (fault.type().status() == HttpResponseStatus.METHOD_NOT_ALLOWED.code()) {
            response.headers().set(HttpHeaderNames.ALLOW, HeadRules.ALLOW);
        }
        return response;
    }

    private static FullHttpResponse bare(HttpResponseStatus status) {
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER);
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, "0");
        return response;
    }

    static boolean isInformational(Object message) {
        return message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }

    void record(FastPathRequest request, int status, long nanos) {
        records.write(request, status, nanos);
    }

    void forwarded(FastPathRequest request) {
        for (var each : paths) each.forwarded(request);
    }

    void ended(FastPathRequest request) {
        for (var each : paths) each.ended(request);
    }
}
