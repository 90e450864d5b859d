package com.flashsale.platform.problem;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The members of a problem document in their order, ready for any JSON writer. */
public final class ProblemBody {

    public static final String MEDIA_TYPE = "application/problem+json";

    private ProblemBody() {}

    public static Map<String, Object> of(ProblemException problem, String traceId) {
        var body = of(problem.type(), problem.detail(), traceId);
        body.putAll(problem.properties());
        return body;
    }

    public static Map<String, Object> of(ProblemType type, String detail, String traceId) {
        var body = new LinkedHashMap<String, Object>();
        body.put("type", type.uri().toString());
        body.put("title", type.title());
        body.put("status", type.status());
        body.put("detail", detail);
        body.put("code", type.code());
        body.put("traceId", traceId);
        return body;
    }

    /** Seconds for the Retry-After header: at least 1; every 429 and 503 carries one. */
    public static @Nullable Long retryAfterSeconds(ProblemType type, @Nullable Duration wait) {
        if (wait != null) return Math.max(1, (wait.toMillis() + 999) / 1000);
        var soon = type.status() == 429 || type.status() == 503 || type.equals(ProblemTypes.IDEMPOTENCY_KEY_IN_USE);
        return soon ? Long.valueOf(1) : null;
    }
}
