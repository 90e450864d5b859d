package com.flashsale.platform.observability;

import com.flashsale.platform.observability.TraceContext.Scope;
import org.jspecify.annotations.Nullable;

/**
 * The context of a piece of work: the trace and the load test that it is part of. The context follows the work across
 * threads, transactions and processes. Each piece of work has its own, so that a batch never mixes up its members.
 *
 * @param loadTest see {@link LoadTest}
 */
public record WorkContext(
        @Nullable String traceparent, @Nullable String loadTest) {

    public static final WorkContext NONE = new WorkContext(null, null);

    /** The context of this thread's work. */
    public static WorkContext current() {
        var traceparent = TraceContext.currentTraceparent();
        var loadTest = LoadTest.current();
        return traceparent == null && loadTest == null ? NONE : new WorkContext(traceparent, loadTest);
    }

    /** The same trace as work of that load test, or of none. */
    public WorkContext ofLoadTest(@Nullable String run) {
        return java.util.Objects.equals(run, loadTest) ? this : new WorkContext(traceparent, run);
    }

    /** This thread's work has this context, and no other, until the scope is closed. */
    public Scope open() {
        var trace = traceparent == null
                ? TraceContext.openNone()
                : TraceContext.from(traceparent).open();
        var tag = LoadTest.open(loadTest);
        return () -> {
            tag.close();
            trace.close();
        };
    }
}
