package com.flashsale.platform.web;

import com.flashsale.platform.observability.TraceContext;
import com.flashsale.platform.problem.ProblemBody;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a problem document for requests that the container refuses before a filter sees them, such as an illegal
 * character in the path.
 */
final class ContainerErrorValve extends ErrorReportValve {

    private final JsonMapper json;

    ContainerErrorValve(JsonMapper json) {
        this.json = json;
        setAsyncSupported(true);
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) return;
        var problem = ErrorPageController.problemFor(response.getStatus());
        var trace = TraceContext.ofRequest(request.getHeader(TraceContext.HEADER));
        try (var _ = trace.open()) {
            var body = json.writeValueAsBytes(ProblemBody.of(problem, TraceContext.currentTraceId()));
            response.setContentType(ProblemBody.MEDIA_TYPE);
            response.getOutputStream().write(body);
            response.finishResponse();
        } catch (IOException gone) {
            containerLog.debug("the caller has gone", gone);
        }
    }
}
