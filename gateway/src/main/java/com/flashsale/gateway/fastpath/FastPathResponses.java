package com.flashsale.gateway.fastpath;

import com.flashsale.gateway.response.ProblemPage;
import com.flashsale.gateway.response.ResponseHeaders;
import com.flashsale.platform.problem.ProblemBody;
import com.flashsale.platform.problem.ProblemException;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Complete responses with the headers of every response. */
@Component
public class FastPathResponses {

    private final JsonMapper json;
    private final ProblemPage page;
    private volatile Dated date = new Dated(0, "");

    private record Dated(long second, String text) {}

    FastPathResponses(JsonMapper json, ProblemPage page) {
        this.json = json;
        this.page = page;
    }

    /** @param body is shared, not copied */
    public FullHttpResponse of(FastPathRequest request, int status, String type, byte[] body) {
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), Unpooled.wrappedBuffer(body));
        var headers = response.headers();
        headers.set(HttpHeaderNames.CONTENT_TYPE, type)
                .set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length))
                .set(HttpHeaderNames.DATE, now());
        ResponseHeaders.add(request.trace(), request.client(), headers::set);
        return response;
    }

    /** Adds the date and the headers of every response, unless the response has them already. */
    public void addMissing(FastPathRequest request, HttpHeaders headers) {
        if (!headers.contains(HttpHeaderNames.DATE)) headers.set(HttpHeaderNames.DATE, now());
        ResponseHeaders.add(request.trace(), request.client(), (name, value) -> {
            if (!headers.contains(name)) headers.set(name, value);
        });
    }

    /** The head of an event stream. */
    public HttpResponse stream(FastPathRequest request) {
        var response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        var headers = response.headers();
        headers.set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream")
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                // a reverse proxy that collects a whole buffer would hold the events back
                .set("X-Accel-Buffering", "no")
                .set(HttpHeaderNames.DATE, now());
        ResponseHeaders.add(request.trace(), request.client(), headers::set);
        return response;
    }

    public FullHttpResponse problem(FastPathRequest request, ProblemException problem) {
        var trace = request.trace().traceId();
        var forPerson = ProblemPage.isWanted(request.headers().get(HttpHeaderNames.ACCEPT), request.path());
        var body = forPerson
                ? page.of(problem, trace, request.headers().get(HttpHeaderNames.ACCEPT_LANGUAGE))
                : json.writeValueAsBytes(ProblemBody.of(problem, trace));
        var type = forPerson ? ProblemPage.TYPE : ProblemBody.MEDIA_TYPE;
        var response = of(request, problem.type().status(), type, body);
        response.headers().set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
        var wait = ProblemBody.retryAfterSeconds(problem.type(), problem.retryAfter());
        if (wait != null) response.headers().set(HttpHeaderNames.RETRY_AFTER, wait.toString());
        return response;
    }

    private String now() {
        var second = System.currentTimeMillis() / 1000;
        var known = date;
        if (known.second() == second) return known.text();
        var text = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.ofEpochSecond(second).atZone(ZoneOffset.UTC));
        date = new Dated(second, text);
        return text;
    }
}
