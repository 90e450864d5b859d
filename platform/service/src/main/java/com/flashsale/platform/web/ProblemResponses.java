package com.flashsale.platform.web;

import com.flashsale.platform.observability.TraceContext;
import com.flashsale.platform.problem.ProblemBody;
import com.flashsale.platform.problem.ProblemException;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** A problem as a Spring MVC answer. */
public final class ProblemResponses {

    private ProblemResponses() {}

    public static ResponseEntity<Map<String, Object>> of(ProblemException problem) {
        var answer = ResponseEntity.status(problem.type().status()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        var retryAfter = ProblemBody.retryAfterSeconds(problem.type(), problem.retryAfter());
        if (retryAfter != null) answer.header(HttpHeaders.RETRY_AFTER, retryAfter.toString());
        return answer.body(ProblemBody.of(problem, TraceContext.currentTraceId()));
    }
}
