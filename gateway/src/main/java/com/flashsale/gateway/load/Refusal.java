package com.flashsale.gateway.load;

import com.flashsale.gateway.edge.AnswerHeaders;
import com.flashsale.platform.problem.ProblemBody;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import tools.jackson.databind.json.JsonMapper;

/** "Overloaded" as every other problem looks, written once: only the trace id and the time differ. */
final class Refusal {

    private static final String A_TRACE_ID = "0".repeat(32);

    private final String before;
    private final String after;
    private final int length;
    private final HttpResponseStatus status;
    private final HttpHeaders headers =
            DefaultHttpHeadersFactory.headersFactory().newHeaders();

    private volatile Dated date = new Dated(0, "");

    private record Dated(long second, CharSequence text) {}

    Refusal(JsonMapper json) {
        var problem = InFlight.overloaded();
        var document = json.writeValueAsString(ProblemBody.of(problem, A_TRACE_ID));
        var at = document.indexOf(A_TRACE_ID);
        before = document.substring(0, at);
        after = document.substring(at + A_TRACE_ID.length());
        length = document.getBytes(StandardCharsets.UTF_8).length;
        status = HttpResponseStatus.valueOf(problem.type().status());
        var wait = ProblemBody.retryAfterSeconds(problem.type(), problem.retryAfter());
        headers.set(HttpHeaderNames.CONTENT_TYPE, ProblemBody.MEDIA_TYPE)
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                .set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(length))
                .set(HttpHeaderNames.RETRY_AFTER, String.valueOf(wait));
        AnswerHeaders.always().forEach(headers::set);
    }

    FullHttpResponse document(String traceId) {
        var body = Unpooled.wrappedBuffer((before + traceId + after).getBytes(StandardCharsets.UTF_8));
        var answer = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, body, headers.copy(), EmptyHttpHeaders.INSTANCE);
        answer.headers().set(HttpHeaderNames.DATE, now()).set(AnswerHeaders.TRACE_ID, traceId);
        return answer;
    }

    private CharSequence now() {
        var second = System.currentTimeMillis() / 1000;
        var known = date;
        if (known.second() == second) return known.text();
        var text = new AsciiString(DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.ofEpochSecond(second).atZone(ZoneOffset.UTC)));
        date = new Dated(second, text);
        return text;
    }
}
