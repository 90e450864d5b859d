package com.flashsale.platform.problem;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ends a request with a problem. Thrown inside a transaction it rolls back, so a refused request has no effect. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ProblemType type;
    private final transient Map<String, Object> properties = new LinkedHashMap<>();
    private transient @Nullable Duration retryAfter;

    public ProblemException(ProblemType type, String detail) {
        // No stack trace: a refusal is an answer, and a flash sale gives a great many of them.
        super(detail, null, false, false);
        this.type = type;
    }

    /** Adds an extension member to the answer. */
    public ProblemException with(String name, Object value) {
        properties.put(name, value);
        return this;
    }

    /** Tells the caller when to come back (Retry-After, RFC 9110 section 10.2.3), rounded up to seconds. */
    public ProblemException retryAfter(Duration wait) {
        this.retryAfter = wait;
        return this;
    }

    public ProblemType type() {
        return type;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    public Map<String, Object> properties() {
        return Map.copyOf(properties);
    }
}
