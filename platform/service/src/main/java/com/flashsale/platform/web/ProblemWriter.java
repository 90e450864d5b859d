package com.flashsale.platform.web;

import com.flashsale.platform.observability.TraceContext;
import com.flashsale.platform.problem.ProblemBody;
import com.flashsale.platform.problem.ProblemException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import tools.jackson.databind.json.JsonMapper;

/** Writes a problem where there is no controller yet: in filters and at the security entry points. */
public final class ProblemWriter {

    private final JsonMapper json;

    ProblemWriter(JsonMapper json) {
        this.json = json;
    }

    public void write(HttpServletResponse response, ProblemException problem) throws IOException {
        var retryAfter = ProblemBody.retryAfterSeconds(problem.type(), problem.retryAfter());
        if (retryAfter != null) response.setHeader("Retry-After", retryAfter.toString());
        response.setStatus(problem.type().status());
        response.setContentType(ProblemBody.MEDIA_TYPE);
        var body = json.writeValueAsBytes(ProblemBody.of(problem, TraceContext.currentTraceId()));
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
