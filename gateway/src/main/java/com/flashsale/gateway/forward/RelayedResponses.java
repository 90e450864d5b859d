package com.flashsale.gateway.forward;

import com.flashsale.gateway.fastpath.FastPathRequest;
import com.flashsale.gateway.fastpath.FastPathResponses;
import com.flashsale.gateway.ratelimit.RateLimits.RateLimitHeaders;
import com.flashsale.gateway.response.ProblemWriter;
import com.flashsale.gateway.response.UpstreamFailedException;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.gateway.filter.headers.RemoveHopByHopHeadersFilter;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** The response that a client receives: that of a service, with the gateway's headers, or a problem. */
@Component
class RelayedResponses {

    private static final Logger log = LoggerFactory.getLogger(RelayedResponses.class);

    private static final int NO_CONTENT = HttpResponseStatus.NO_CONTENT.code();
    private static final int NOT_MODIFIED = HttpResponseStatus.NOT_MODIFIED.code();

    private final FastPathResponses responses;

    RelayedResponses(FastPathResponses responses) {
        this.responses = responses;
    }

    HttpResponse head(FastPathRequest request, HttpResponse received, RateLimitHeaders limit) {
        // a service's headers were validated when they were read
        var factory = DefaultHttpHeadersFactory.headersFactory().withValidation(false);
        var status = received.status().code();
        var head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), factory);
        var headers = head.headers();
        limit.addTo(headers::set);
        var removed = nominatedBy(received.headers().get(HttpHeaderNames.CONNECTION));
        for (var each = received.headers().iteratorCharSequence(); each.hasNext(); ) {
            var header = each.next();
            var name = header.getKey().toString().toLowerCase(Locale.ROOT);
            if (!RemoveHopByHopHeadersFilter.HEADERS_REMOVED_ON_REQUEST.contains(name) && !removed.contains(name)) {
                headers.add(header.getKey(), header.getValue());
            }
        }
        responses.addMissing(request, headers);
        if (status != NO_CONTENT && status != NOT_MODIFIED && !headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
            headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        return head;
    }

    /** The end without trailers: no service sends any, and no client asked for them. */
    static LastHttpContent end(LastHttpContent received) {
        return received.trailingHeaders().isEmpty() ? received : new DefaultLastHttpContent(received.content());
    }

    /** The failure behind a problem of the gateway; null where the client gets the response as it is. */
    static @Nullable Throwable failureOf(HttpResponse received) {
        var code = received.status().code();
        if (code < HttpResponseStatus.BAD_REQUEST.code()) return null;
        try {
            var explains = isProblem(received.headers().get(HttpHeaderNames.CONTENT_TYPE));
            return explains || code < HttpResponseStatus.INTERNAL_SERVER_ERROR.code()
                    ? null
                    : new UpstreamFailedException(HttpStatusCode.valueOf(code));
        } catch (InvalidMediaTypeException noType) {
            return noType;
        }
    }

    private static boolean isProblem(@Nullable String type) {
        return type != null
                && !type.isEmpty()
                && MediaType.APPLICATION_PROBLEM_JSON.isCompatibleWith(MediaType.parseMediaType(type));
    }

    /** Only the gateway's own faults are logged: with a service down each request would write a line. */
    FullHttpResponse problem(FastPathRequest request, Throwable failure, RateLimitHeaders limit) {
        var problem = ProblemWriter.explain(failure);
        if (problem.type().status() == HttpResponseStatus.INTERNAL_SERVER_ERROR.code()) {
            try (var _ = request.trace().open()) {
                log.error("the gateway failed", failure);
            }
        }
        var response = responses.problem(request, problem);
        limit.addTo(response.headers()::set);
        return response;
    }

    private static Set<String> nominatedBy(@Nullable String connection) {
        if (connection == null || UpstreamRequests.isPlain(connection)) return Set.of();
        return Stream.of(connection.toLowerCase(Locale.ROOT).split(",", -1))
                .map(String::strip)
                .collect(Collectors.toUnmodifiableSet());
    }
}
