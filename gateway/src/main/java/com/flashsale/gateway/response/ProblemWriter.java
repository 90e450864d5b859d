package com.flashsale.gateway.response;

import com.flashsale.platform.observability.TraceContext;
import com.flashsale.platform.problem.ProblemBody;
import com.flashsale.platform.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Ends a request with a problem document. */
@Component
public class ProblemWriter {

    private static final Logger log = LoggerFactory.getLogger(ProblemWriter.class);

    private static final MediaType PAGE = MediaType.parseMediaType(ProblemPage.TYPE);
    private static final String CAUSE = ProblemWriter.class.getName() + ".cause";

    private final JsonMapper json;
    private final ProblemPage page;

    ProblemWriter(JsonMapper json, ProblemPage page) {
        this.json = json;
        this.page = page;
    }

    /**
     * Answers with a problem. After the first byte the connection is cut instead, so that a client does not take half a
     * response for a whole one.
     */
    public Mono<Void> answer(ServerWebExchange exchange, Throwable failure, TraceContext trace) {
        var response = exchange.getResponse();
        if (response.isCommitted()) return Mono.error(failure);
        ServerWebExchangeUtils.reset(exchange);
        var problem = FailureMapping.explain(failure);
        if (problem.type().status() >= 500) note(exchange, problem.type().status(), failure, trace);

        response.setStatusCode(HttpStatusCode.valueOf(problem.type().status()));
        var headers = response.getHeaders();
        var forPerson = isForPerson(exchange);
        headers.setContentType(forPerson ? PAGE : MediaType.APPLICATION_PROBLEM_JSON);
        headers.setCacheControl(CacheControl.noStore());
        var wait = ProblemBody.retryAfterSeconds(problem.type(), problem.retryAfter());
        if (wait != null) headers.set(HttpHeaders.RETRY_AFTER, wait.toString());
        var body = forPerson
                ? page.of(
                        problem,
                        trace.traceId(),
                        exchange.getRequest().getHeaders().getFirst(HttpHeaders.ACCEPT_LANGUAGE))
                : json.writeValueAsBytes(ProblemBody.of(problem, trace.traceId()));
        headers.setContentLength(body.length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }

    /** Whether a problem is shown as a page. */
    public static boolean isForPerson(ServerWebExchange exchange) {
        var request = exchange.getRequest();
        return ProblemPage.isWanted(
                request.getHeaders().getFirst(HttpHeaders.ACCEPT),
                request.getPath().value());
    }

    /** Maps a failure to the problem that the caller sees. */
    public static ProblemException explain(Throwable failure) {
        return FailureMapping.explain(failure);
    }

    /** The name of the failure, for the access log; null for a success. */
    public static @Nullable String causeOf(ServerWebExchange exchange) {
        return exchange.getAttribute(CAUSE);
    }

    /** Logs only the gateway's own faults: with a service down each request would write a line. */
    private static void note(ServerWebExchange exchange, int status, Throwable failure, TraceContext trace) {
        exchange.getAttributes().put(CAUSE, failure.getClass().getSimpleName());
        if (status != 500) return;
        try (var _ = trace.open()) {
            log.error("the gateway failed", failure);
        }
    }
}
