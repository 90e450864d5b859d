package com.flashsale.platform.observability;

import com.flashsale.platform.observability.TraceContext.Scope;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Work that serves several requests or events at once, such as the transaction of a batch. With one member it is part
 * of that member's trace. With several it has a span of its own, which links to each member. Without an agent its log
 * lines carry the trace id of the first member.
 */
public final class SharedWork {

    /** OpenTelemetry keeps at most 128 links of one span by default. */
    private static final int LINKS = 128;

    private static final Tracer TRACER = GlobalOpenTelemetry.getTracer("com.flashsale.platform");

    private SharedWork() {}

    /** @param members never empty */
    public static Scope open(String name, List<WorkContext> members) {
        var first = members.getFirst();
        if (members.size() == 1) return first.open();
        var span = span(name, members);
        if (!span.getSpanContext().isValid()) return new WorkContext(first.traceparent(), commonTag(members)).open();
        var work = new WorkContext(TraceContext.of(span.getSpanContext()).traceparent(), commonTag(members)).open();
        return () -> {
            work.close();
            span.end();
        };
    }

    private static Span span(String name, List<WorkContext> members) {
        var builder = TRACER.spanBuilder(name).setNoParent();
        members.stream()
                .limit(LINKS)
                .map(WorkContext::traceparent)
                .filter(java.util.Objects::nonNull)
                .map(TraceContext::from)
                .forEach(trace -> builder.addLink(trace.toSpanContext()));
        return builder.setAttribute("batch.size", members.size()).startSpan();
    }

    /**
     * The tag that all members share, or null. Rows written for both a load test and real customers are untagged, so no
     * purge removes them.
     */
    private static @Nullable String commonTag(List<WorkContext> members) {
        var tag = members.getFirst().loadTest();
        return members.stream().allMatch(member -> java.util.Objects.equals(member.loadTest(), tag)) ? tag : null;
    }
}
