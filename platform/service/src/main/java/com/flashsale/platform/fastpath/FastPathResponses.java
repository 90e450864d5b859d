package com.flashsale.platform.fastpath;

import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.web.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.writers.CacheControlHeadersWriter;
import org.springframework.security.web.header.writers.HstsHeaderWriter;
import org.springframework.security.web.header.writers.XContentTypeOptionsHeaderWriter;
import org.springframework.security.web.header.writers.XXssProtectionHeaderWriter;
import org.springframework.security.web.header.writers.frameoptions.XFrameOptionsHeaderWriter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import tools.jackson.databind.json.JsonMapper;

/** Writes responses with the headers, problems and JSON of the usual way. */
final class FastPathResponses {

    /** The default headers of Spring Security. */
    private static final List<HeaderWriter> HEADERS = List.of(
            new XContentTypeOptionsHeaderWriter(),
            new XXssProtectionHeaderWriter(),
            new CacheControlHeadersWriter(),
            new HstsHeaderWriter(),
            new XFrameOptionsHeaderWriter());

    private final JsonMapper json;
    private final ProblemWriter problems;
    private final HandlerExceptionResolver failures;

    /** @param failures the advices of the platform and of the service, for faults that are no refusal */
    FastPathResponses(JsonMapper json, ProblemWriter problems, HandlerExceptionResolver failures) {
        this.json = json;
        this.problems = problems;
        this.failures = failures;
    }

    <B> void write(FastRoute<B> route, FastRoute.Call<B> call, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        try {
            write(route.handler().apply(call), request, response);
        } catch (ProblemException refused) {
            HEADERS.forEach(header -> header.writeHeaders(request, response));
            problems.write(response, refused);
        } catch (RuntimeException failure) {
            if (response.isCommitted()) throw failure;
            HEADERS.forEach(header -> header.writeHeaders(request, response));
            if (failures.resolveException(request, response, null, failure) == null) throw failure;
        }
    }

    private void write(ResponseEntity<?> answer, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var body = bytes(answer.getBody());
        response.setStatus(answer.getStatusCode().value());
        answer.getHeaders().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        if (!answer.getHeaders().containsHeader(HttpHeaders.CONTENT_TYPE))
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        HEADERS.forEach(header -> header.writeHeaders(request, response));
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private byte[] bytes(@Nullable Object body) {
        return switch (body) {
            case null -> new byte[0];
            case byte[] ready -> ready;
            default -> json.writeValueAsBytes(body);
        };
    }
}
