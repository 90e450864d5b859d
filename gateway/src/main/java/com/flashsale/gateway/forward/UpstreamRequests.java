package com.flashsale.gateway.forward;

import com.flashsale.gateway.auth.Caller;
import com.flashsale.gateway.auth.VerifiedTokenStamps;
import com.flashsale.gateway.fastpath.FastPathRequest;
import com.flashsale.gateway.upstream.UpstreamHeadersFilter;
import com.flashsale.platform.observability.LoadTest;
import com.flashsale.platform.observability.TraceContext;
import com.flashsale.platform.token.VerifiedTokenStamp;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Locale;
import org.springframework.cloud.gateway.filter.headers.RemoveHopByHopHeadersFilter;
import org.springframework.stereotype.Component;
import reactor.netty.http.client.HttpClient;

/** The request that a service receives: that of the client, with the gateway's headers. */
@Component
class UpstreamRequests {

    private static final String LOAD_TEST = LoadTest.HEADER.toLowerCase(Locale.ROOT);

    private final VerifiedTokenStamps stamps;

    UpstreamRequests(VerifiedTokenStamps stamps) {
        this.stamps = stamps;
    }

    FullHttpRequest of(FastPathRequest request, Caller.Known caller, byte[] body) {
        // the head was validated when it was read
        var headers =
                DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
        for (var sent = request.headers().iteratorCharSequence(); sent.hasNext(); ) {
            var header = sent.next();
            if (mayPass(header.getKey().toString().toLowerCase(Locale.ROOT), caller)) {
                headers.add(header.getKey(), header.getValue());
            }
        }
        var client = request.client();
        headers.set(TraceContext.HEADER, request.trace().traceparent())
                .set("X-Forwarded-For", client.address().getHostAddress())
                .set("X-Forwarded-Proto", client.scheme())
                .set("X-Forwarded-Host", client.host())
                .set("X-Forwarded-Port", Integer.toString(client.port()));
        var stamp = stamps.of(request.headers().get(HttpHeaderNames.AUTHORIZATION));
        if (stamp != null) headers.set(VerifiedTokenStamp.HEADER, stamp);
        // as the client of the usual path does
        if (!headers.contains(HttpHeaderNames.USER_AGENT)) {
            headers.set(HttpHeaderNames.USER_AGENT, HttpClient.USER_AGENT);
        }
        if (!headers.contains(HttpHeaderNames.ACCEPT)) headers.set(HttpHeaderNames.ACCEPT, "*/*");
        var method = HttpMethod.valueOf(request.method().name());
        if (method.equals(HttpMethod.POST)) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length));
        }
        return new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                method,
                request.target(),
                Unpooled.wrappedBuffer(body),
                headers,
                EmptyHttpHeaders.INSTANCE);
    }

    private static boolean mayPass(String name, Caller.Known caller) {
        return switch (name) {
            case "cookie" -> false;
            default ->
                name.equals(LOAD_TEST)
                        ? caller.runsLoadTests()
                        : !RemoveHopByHopHeadersFilter.HEADERS_REMOVED_ON_REQUEST.contains(name)
                                && !UpstreamHeadersFilter.isGatewaysWord(name);
        };
    }

    /** Whether a Connection header names no other header (RFC 9110, section 7.6.1). */
    static boolean isPlain(String connection) {
        return HttpHeaderValues.KEEP_ALIVE.contentEqualsIgnoreCase(connection)
                || HttpHeaderValues.CLOSE.contentEqualsIgnoreCase(connection);
    }
}
