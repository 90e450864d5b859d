package com.flashsale.platform.observability;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The W3C trace context of the current work (https://www.w3.org/TR/trace-context/, version 00). It exists without any
 * agent, so that each log line, problem and event of one purchase carries the same trace id. OpenTelemetry's context
 * holds it: with an agent it is the agent's current span. A context opened here becomes the parent of the agent's
 * spans.
 *
 * @param traceId 32 hex digits, not all zero
 * @param spanId 16 hex digits, not all zero
 * @param sampled whether spans of this trace are recorded
 */
public record TraceContext(String traceId, String spanId, boolean sampled) {

    public static final String HEADER = "traceparent";
    public static final String MDC_KEY = "traceId";

    private static final Pattern VALID =
            Pattern.compile("00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})");

    public TraceContext(String traceId, String spanId) {
        this(traceId, spanId, true);
    }

    /** Continues the caller's trace, or begins one. A malformed header is dropped and never logged. */
    public static TraceContext from(@Nullable String traceparent) {
        if (traceparent == null) return begin();
        var matcher = VALID.matcher(traceparent);
        if (!matcher.matches()) return begin();
        var flags = Integer.parseInt(matcher.group(3), 16);
        return new TraceContext(matcher.group(1), matcher.group(2), (flags & 1) == 1);
    }

    /** As {@link #from}; but if an agent has begun a span for this request, that span is continued. */
    public static TraceContext ofRequest(@Nullable String traceparent) {
        var span = Span.current().getSpanContext();
        return span.isValid() ? of(span) : from(traceparent);
    }

    public static TraceContext of(SpanContext span) {
        return new TraceContext(span.getTraceId(), span.getSpanId(), span.isSampled());
    }

    public static TraceContext begin() {
        var random = ThreadLocalRandom.current();
        var hex = HexFormat.of();
        return new TraceContext(
                hex.toHexDigits(random.nextLong() | 1) + hex.toHexDigits(random.nextLong()),
                hex.toHexDigits(random.nextLong() | 1));
    }

    /** For the platform's own loops: no agent records a span under it. */
    public static TraceContext unrecorded() {
        var begun = begin();
        return new TraceContext(begun.traceId, begun.spanId, false);
    }

    /** The value of the {@code traceparent} header to send on. */
    public String traceparent() {
        return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
    }

    /** This thread's work belongs to this trace, and its log lines say so, until the scope is closed. */
    public Scope open() {
        return open(inContext(), traceId);
    }

    /** Opens work that belongs to no trace: the first span that an agent records in it begins one. */
    static Scope openNone() {
        return open(Context.root(), null);
    }

    @SuppressWarnings("MustBeClosedChecker") // closed by the scope that is returned
    private static Scope open(Context context, @Nullable String traceId) {
        var before = MDC.get(MDC_KEY);
        restore(MDC_KEY, traceId);
        var opened = context.makeCurrent();
        return () -> {
            opened.close();
            restore(MDC_KEY, before);
        };
    }

    /**
     * The current context with this trace as its span. If it has this span already, it stays as it is: the span may be
     * a recording one.
     */
    public Context inContext() {
        var current = Context.current();
        var span = Span.fromContext(current).getSpanContext();
        return span.getSpanId().equals(spanId) && span.getTraceId().equals(traceId)
                ? current
                : current.with(Span.wrap(toSpanContext()));
    }

    SpanContext toSpanContext() {
        var flags = sampled ? TraceFlags.getSampled() : TraceFlags.getDefault();
        return SpanContext.createFromRemoteParent(traceId, spanId, flags, TraceState.getDefault());
    }

    /** The {@code traceparent} of this thread, if its work belongs to a trace. */
    public static @Nullable String currentTraceparent() {
        var span = Span.current().getSpanContext();
        return span.isValid() ? of(span).traceparent() : null;
    }

    /** The trace id of this thread; a new one where there is none, so that a problem always has an id to look for. */
    public static String currentTraceId() {
        var span = Span.current().getSpanContext();
        return span.isValid() ? span.getTraceId() : begin().traceId();
    }

    static void restore(String key, @Nullable String value) {
        if (value == null) MDC.remove(key);
        else MDC.put(key, value);
    }

    /** Closes without a checked exception. */
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }
}
